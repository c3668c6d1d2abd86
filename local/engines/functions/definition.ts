/** `AWS::Lambda::Function` properties, resolved; `assetPath` is the folder of its bundle. */
export interface FunctionProperties {
  FunctionName: string;
  Handler: string;
  Role: string;
  assetPath: string;
  Description?: string;
  Runtime?: string;
  Architectures?: string[];
  Timeout?: number | string;
  MemorySize?: number | string;
  Environment?: { Variables?: Record<string, string> };
  ReservedConcurrentExecutions?: number | string;
  DeadLetterConfig?: { TargetArn?: string };
}

interface Destination {
  readonly Destination?: string;
}

/** `AWS::Lambda::EventInvokeConfig` properties. */
export interface InvokeConfigProperties {
  FunctionName: string;
  MaximumRetryAttempts?: number | string;
  MaximumEventAgeInSeconds?: number | string;
  DestinationConfig?: { OnSuccess?: Destination; OnFailure?: Destination };
}

/** `AWS::Lambda::Permission` properties. */
export interface PermissionProperties {
  FunctionName: string;
  Action: string;
  Principal: string;
  SourceArn?: string;
  SourceAccount?: string;
}

export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  readonly handler: string;
  readonly description: string;
  readonly runtime: string;
  readonly architectures: readonly string[];
  readonly roleArn: string;
  readonly assetPath: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly reservedConcurrency: number | undefined;
  readonly deadLetterArn: string | undefined;
}

/** The bare name in a function's ARN, with or without a qualifier, or in a name. */
export const functionNameOf = (nameOrArn: string): string => /:function:([^:]+)/.exec(nameOrArn)?.[1] ?? nameOrArn.split(':')[0] ?? '';

/** The version or alias that an ARN or a name asks for. */
export const qualifierOf = (nameOrArn: string): string | undefined => {
  const parts = nameOrArn.split(':');
  const at = parts.indexOf('function');
  return at < 0 ? parts[1] : parts[at + 2];
};

export const functionOf = (properties: FunctionProperties, region: string, account: string): FunctionDefinition => ({
  name: properties.FunctionName,
  arn: `arn:aws:lambda:${region}:${account}:function:${properties.FunctionName}`,
  handler: properties.Handler,
  description: properties.Description ?? '',
  runtime: properties.Runtime ?? 'nodejs24.x',
  architectures: properties.Architectures ?? ['x86_64'],
  roleArn: properties.Role,
  assetPath: properties.assetPath,
  timeoutMs: Number(properties.Timeout ?? 3) * 1000,
  memoryMb: Number(properties.MemorySize ?? 128),
  variables: properties.Environment?.Variables ?? {},
  reservedConcurrency: properties.ReservedConcurrentExecutions === undefined ? undefined : Number(properties.ReservedConcurrentExecutions),
  deadLetterArn: properties.DeadLetterConfig?.TargetArn,
});
