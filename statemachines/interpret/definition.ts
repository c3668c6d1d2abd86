/** The Amazon States Language as it is written, JSONata only. Fields a state type does not know are found by `validate`, not here. */
export type StateType = 'Pass' | 'Task' | 'Choice' | 'Wait' | 'Parallel' | 'Map' | 'Succeed' | 'Fail';

export interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds?: number;
  MaxAttempts?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: 'FULL' | 'NONE';
}

export interface Catcher {
  ErrorEquals: string[];
  Next: string;
  Output?: unknown;
  Assign?: Record<string, unknown>;
}

export interface ChoiceRule {
  Condition: unknown;
  Next: string;
  Output?: unknown;
  Assign?: Record<string, unknown>;
}

export interface PartDefinition {
  StartAt: string;
  States: Record<string, StateDefinition>;
}

interface ItemReader {
  Resource: string;
  Arguments?: unknown;
  ReaderConfig?: { MaxItems?: unknown };
}

interface ItemBatcher {
  MaxItemsPerBatch?: unknown;
  MaxInputBytesPerBatch?: unknown;
  BatchInput?: unknown;
}

interface ResultWriter {
  Resource?: string;
  Arguments?: unknown;
  WriterConfig?: unknown;
}

export interface StateDefinition {
  Type: StateType;
  QueryLanguage?: string;
  Comment?: string;
  Next?: string;
  End?: boolean;
  Output?: unknown;
  Assign?: Record<string, unknown>;
  Arguments?: unknown;
  Resource?: string;
  Credentials?: unknown;
  TimeoutSeconds?: unknown;
  HeartbeatSeconds?: unknown;
  Retry?: Retrier[];
  Catch?: Catcher[];
  Choices?: ChoiceRule[];
  Default?: string;
  Seconds?: unknown;
  Timestamp?: unknown;
  Branches?: PartDefinition[];
  Items?: unknown;
  ItemReader?: ItemReader;
  ItemSelector?: unknown;
  ItemBatcher?: ItemBatcher;
  ResultWriter?: ResultWriter;
  ItemProcessor?: PartDefinition & { ProcessorConfig?: { Mode?: string } };
  MaxConcurrency?: unknown;
  ToleratedFailureCount?: unknown;
  ToleratedFailurePercentage?: unknown;
  Label?: string;
  Error?: unknown;
  Cause?: unknown;
}

export interface Definition extends PartDefinition {
  Comment?: string;
  QueryLanguage?: string;
  TimeoutSeconds?: number;
  Version?: string;
}
