/** `AWS::Lambda::Function` properties, resolved; `assetPath` is the folder of its bundle. */
export interface FunctionProperties {
  FunctionName: string;
  Handler: string;
  Role: string;
  assetPath: string;
  Timeout?: number | string;
  MemorySize?: number | string;
  Environment?: { Variables?: Record<string, string> };
  ReservedConcurrentExecutions?: number | string;
  DeadLetterConfig?: { TargetArn?: string };
}

/** `AWS::Lambda::EventInvokeConfig` properties. */
export interface InvokeConfigProperties {
  FunctionName: string;
  MaximumRetryAttempts?: number | string;
  DestinationConfig?: { OnFailure?: { Destination?: string } };
}

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
  BisectBatchOnFunctionError?: boolean | string;
  MaximumRetryAttempts?: number | string;
  MaximumRecordAgeInSeconds?: number | string;
  DestinationConfig?: { OnFailure?: { Destination?: string } };
  FilterCriteria?: unknown;
}

export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  readonly handler: string;
  readonly roleArn: string;
  readonly assetPath: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly reservedConcurrency: number | undefined;
  readonly deadLetterArn: string | undefined;
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
  readonly bisect: boolean;
  /** Infinity where AWS would retry until the record expires. */
  readonly maximumRetries: number;
  readonly maximumAgeMs: number;
  readonly onFailureArn: string | undefined;
}

const POLLERS = 5;

/** The bare name in a function's ARN, with or without a qualifier, or in a name. */
export const functionNameOf = (nameOrArn: string): string => /:function:([^:]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;

export const isQueue = ({ sourceArn }: { sourceArn: string }): boolean => sourceArn.split(':')[2] === 'sqs';

/** The table of a stream's ARN. */
export const tableOf = (streamArn: string): string => /:table\/([^/]+)/.exec(streamArn)?.[1] ?? '';

const truth = (value: boolean | string | undefined, fallback: boolean): boolean =>
  value === undefined ? fallback : String(value) === 'true';

const unbounded = (value: number | string | undefined): number =>
  value === undefined || Number(value) < 0 ? Number.POSITIVE_INFINITY : Number(value);

export const functionOf = (properties: FunctionProperties, region: string, account: string): FunctionDefinition => ({
  name: properties.FunctionName,
  arn: `arn:aws:lambda:${region}:${account}:function:${properties.FunctionName}`,
  handler: properties.Handler,
  roleArn: properties.Role,
  assetPath: properties.assetPath,
  timeoutMs: Number(properties.Timeout ?? 3) * 1000,
  memoryMb: Number(properties.MemorySize ?? 128),
  variables: properties.Environment?.Variables ?? {},
  reservedConcurrency: properties.ReservedConcurrentExecutions === undefined ? undefined : Number(properties.ReservedConcurrentExecutions),
  deadLetterArn: properties.DeadLetterConfig?.TargetArn,
});

export const mappingOf = (properties: MappingProperties): Mapping => {
  const functionName = functionNameOf(properties.FunctionName);
  const sourceArn = properties.EventSourceArn;
  const id = `${functionName} ${sourceArn}`;
  if (properties.FilterCriteria)
    throw new Error(
      `The event source mapping ${id} has FilterCriteria, which the local run does not apply: filter in the rule or in the function.`,
    );
  const service = sourceArn.split(':')[2];
  if (service !== 'sqs' && service !== 'dynamodb')
    throw new Error(`The event source mapping ${id} reads ${service}: the local run polls SQS queues and DynamoDB streams only.`);
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
    bisect: truth(properties.BisectBatchOnFunctionError, false),
    maximumRetries: unbounded(properties.MaximumRetryAttempts),
    maximumAgeMs: unbounded(properties.MaximumRecordAgeInSeconds) * 1000,
    onFailureArn: properties.DestinationConfig?.OnFailure?.Destination,
  };
};
