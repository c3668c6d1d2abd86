import type { Catcher, ChoiceRule, Definition, PartDefinition, Retrier, StateDefinition, StateType } from './definition.ts';
import { type Template, templateOf } from './template.ts';

/** What a state may do with its result: the next input and new variables. */
export interface Outcome {
  output?: Template;
  assign?: [string, Template][];
}

interface PreparedCatcher extends Outcome {
  errorEquals: readonly string[];
  next: string;
}

interface PreparedRule extends Outcome {
  condition: Template;
  next: string;
}

/** How a Map makes one item of several. */
export interface Batcher {
  maxItems?: Template;
  maxBytes?: Template;
  input?: Template;
}

/** A state ready to run: its templates are taken apart, its defaults filled in. */
export interface State extends Outcome {
  name: string;
  type: StateType;
  next?: string;
  resource?: string;
  arguments?: Template;
  credentials?: Template;
  timeout?: Template;
  heartbeat?: Template;
  retry: readonly Retrier[];
  catchers: readonly PreparedCatcher[];
  rules: readonly PreparedRule[];
  otherwise?: string;
  seconds?: Template;
  timestamp?: Template;
  branches: readonly Part[];
  items?: Template;
  itemSelector?: Template;
  distributed: boolean;
  label?: string;
  batcher?: Batcher;
  reader?: { resource: string; arguments?: Template; maxItems?: Template };
  concurrency?: Template;
  toleratedCount?: Template;
  toleratedPercentage?: Template;
  error?: Template;
  cause?: Template;
}

/** A StartAt with its States: the machine itself, a branch or an item processor. */
export interface Part {
  startAt: string;
  states: ReadonlyMap<string, State>;
}

export interface Machine extends Part {
  timeoutSeconds?: number;
}

const field = (value: unknown, location: string): Template | undefined => (value === undefined ? undefined : templateOf(value, location));

const outcomeOf = (from: { Output?: unknown; Assign?: Record<string, unknown> }, prefix = ''): Outcome => ({
  output: field(from.Output, `${prefix}Output`),
  assign:
    from.Assign &&
    Object.entries(from.Assign).map(([name, value]): [string, Template] => [name, templateOf(value, `${prefix}Assign/${name}`)]),
});

const catcherOf = (catcher: Catcher, index: number): PreparedCatcher => ({
  errorEquals: catcher.ErrorEquals,
  next: catcher.Next,
  ...outcomeOf(catcher, `Catch[${index}]/`),
});

const ruleOf = (rule: ChoiceRule, index: number): PreparedRule => ({
  condition: templateOf(rule.Condition, `Choices[${index}]/Condition`),
  next: rule.Next,
  ...outcomeOf(rule, `Choices[${index}]/`),
});

const readerOf = ({ ItemReader }: StateDefinition): State['reader'] =>
  ItemReader && {
    resource: ItemReader.Resource,
    arguments: field(ItemReader.Arguments, 'ItemReader/Arguments'),
    maxItems: field(ItemReader.ReaderConfig?.MaxItems, 'ItemReader/ReaderConfig/MaxItems'),
  };

const batcherOf = ({ ItemBatcher }: StateDefinition): Batcher | undefined =>
  ItemBatcher && {
    maxItems: field(ItemBatcher.MaxItemsPerBatch, 'ItemBatcher/MaxItemsPerBatch'),
    maxBytes: field(ItemBatcher.MaxInputBytesPerBatch, 'ItemBatcher/MaxInputBytesPerBatch'),
    input: field(ItemBatcher.BatchInput, 'ItemBatcher/BatchInput'),
  };

const stateOf = (name: string, from: StateDefinition): State => ({
  name,
  type: from.Type,
  next: from.Next,
  ...outcomeOf(from),
  resource: from.Resource,
  arguments: field(from.Arguments, 'Arguments'),
  credentials: field(from.Credentials, 'Credentials'),
  timeout: field(from.TimeoutSeconds, 'TimeoutSeconds'),
  heartbeat: field(from.HeartbeatSeconds, 'HeartbeatSeconds'),
  retry: from.Retry ?? [],
  catchers: (from.Catch ?? []).map(catcherOf),
  rules: (from.Choices ?? []).map(ruleOf),
  otherwise: from.Default,
  seconds: field(from.Seconds, 'Seconds'),
  timestamp: field(from.Timestamp, 'Timestamp'),
  branches: [...(from.Branches ?? []), ...(from.ItemProcessor ? [from.ItemProcessor] : [])].map(partOf),
  items: field(from.Items, 'Items'),
  itemSelector: field(from.ItemSelector, 'ItemSelector'),
  distributed: from.ItemProcessor?.ProcessorConfig?.Mode === 'DISTRIBUTED',
  label: from.Label,
  batcher: batcherOf(from),
  reader: readerOf(from),
  concurrency: field(from.MaxConcurrency, 'MaxConcurrency'),
  toleratedCount: field(from.ToleratedFailureCount, 'ToleratedFailureCount'),
  toleratedPercentage: field(from.ToleratedFailurePercentage, 'ToleratedFailurePercentage'),
  error: field(from.Error, 'Error'),
  cause: field(from.Cause, 'Cause'),
});

const partOf = (from: PartDefinition): Part => ({
  startAt: from.StartAt,
  states: new Map(Object.entries(from.States).map(([name, state]) => [name, stateOf(name, state)])),
});

/** Prepares a valid definition (see `validate`) for running. One machine serves any number of executions. */
export const prepare = (definition: Definition): Machine => ({ ...partOf(definition), timeoutSeconds: definition.TimeoutSeconds });
