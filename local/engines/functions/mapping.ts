import { type CompiledPattern, compilePattern } from '../../../shared/pattern/index.ts';
import { functionNameOf } from './definition.ts';

/** `AWS::Lambda::EventSourceMapping` properties. */
export interface MappingProperties {
  FunctionName: string;
  EventSourceArn: string;
  Enabled?: boolean | string;
  BatchSize?: number | string;
  MaximumBatchingWindowInSeconds?: number | string;
  FunctionResponseTypes?: string[];
  ScalingConfig?: { MaximumConcurrency?: number | string };
  StartingPosition?: string;
  ParallelizationFactor?: number | string;
  BisectBatchOnFunctionError?: boolean | string;
  MaximumRetryAttempts?: number | string;
  MaximumRecordAgeInSeconds?: number | string;
  TumblingWindowInSeconds?: number | string;
  DestinationConfig?: { OnFailure?: { Destination?: string } };
  FilterCriteria?: { Filters?: { Pattern?: string }[] };
}

export interface Mapping {
  /** Function and source: what the checkpoint is kept under. */
  readonly id: string;
  readonly functionName: string;
  readonly sourceArn: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly reportsItems: boolean;
  readonly maximumConcurrency: number;
  readonly fromStart: boolean;
  /** Batches of one shard at once; each key's changes stay in one of these lanes. */
  readonly lanes: number;
  readonly bisect: boolean;
  /** Infinity where AWS would retry until the record expires. */
  readonly maximumRetries: number;
  readonly maximumAgeMs: number;
  readonly onFailureArn: string | undefined;
  /** Records that none of them matches are passed over; none at all lets everything through. */
  readonly filters: readonly CompiledPattern[];
}

const POLLERS = 5;

export const isQueue = ({ sourceArn }: { sourceArn: string }): boolean => sourceArn.split(':')[2] === 'sqs';

/** The table of a stream's ARN. */
export const tableOf = (streamArn: string): string => /:table\/([^/]+)/.exec(streamArn)?.[1] ?? '';

const truth = (value: boolean | string | undefined, fallback: boolean): boolean =>
  value === undefined ? fallback : String(value) === 'true';

const unbounded = (value: number | string | undefined): number =>
  value === undefined || Number(value) < 0 ? Number.POSITIVE_INFINITY : Number(value);

const filtersOf = ({ FilterCriteria }: MappingProperties): CompiledPattern[] =>
  (FilterCriteria?.Filters ?? []).map(({ Pattern = '{}' }) => compilePattern(JSON.parse(Pattern) as object));

/** Why AWS, or this machine, would not take a mapping; undefined where it would. */
const complaint = (properties: MappingProperties, service: string | undefined): string | undefined => {
  const { EventSourceArn, BatchSize, MaximumBatchingWindowInSeconds: window, TumblingWindowInSeconds, StartingPosition } = properties;
  const size = Number(BatchSize ?? 10);
  if (service !== 'sqs' && service !== 'dynamodb') return `reads ${service}: the local run polls SQS queues and DynamoDB streams only`;
  if (Number(TumblingWindowInSeconds ?? 0) > 0) return 'has a tumbling window, which the local run does not keep: aggregate in a table';
  if (service === 'dynamodb') {
    const known = StartingPosition === 'LATEST' || StartingPosition === 'TRIM_HORIZON';
    return known ? undefined : `starts at ${StartingPosition}: a DynamoDB stream is read from LATEST or TRIM_HORIZON`;
  }
  if (EventSourceArn.endsWith('.fifo')) {
    if (Number(window ?? 0) > 0) return 'has a batching window, which a FIFO queue cannot have';
    return size > 10 ? 'asks for more than 10 messages at once, which a FIFO queue does not give' : undefined;
  }
  return size > 10 && Number(window ?? 0) < 1
    ? 'asks for more than 10 messages at once, which takes a batching window of a second'
    : undefined;
};

export const mappingOf = (properties: MappingProperties): Mapping => {
  const functionName = functionNameOf(properties.FunctionName);
  const sourceArn = properties.EventSourceArn;
  const id = `${functionName} ${sourceArn}`;
  const service = sourceArn.split(':')[2];
  const why = complaint(properties, service);
  if (why) throw new Error(`The event source mapping ${id} ${why}.`);
  return {
    id,
    functionName,
    sourceArn,
    enabled: truth(properties.Enabled, true),
    batchSize: Number(properties.BatchSize ?? (service === 'sqs' ? 10 : 100)),
    windowMs: Number(properties.MaximumBatchingWindowInSeconds ?? 0) * 1000,
    reportsItems: properties.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    maximumConcurrency: Number(properties.ScalingConfig?.MaximumConcurrency ?? POLLERS),
    fromStart: properties.StartingPosition !== 'LATEST',
    lanes: Number(properties.ParallelizationFactor ?? 1),
    bisect: truth(properties.BisectBatchOnFunctionError, false),
    maximumRetries: unbounded(properties.MaximumRetryAttempts),
    maximumAgeMs: unbounded(properties.MaximumRecordAgeInSeconds) * 1000,
    onFailureArn: properties.DestinationConfig?.OnFailure?.Destination,
    filters: filtersOf(properties),
  };
};
