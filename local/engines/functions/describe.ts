import { createHash } from 'node:crypto';
import type { FunctionDefinition, InvokeConfigProperties, PermissionProperties } from './definition.ts';
import { isQueue, type Mapping } from './mapping.ts';
import type { Pool } from './pool.ts';

type Shape = Record<string, unknown>;

const unbounded = (value: number): number => (Number.isFinite(value) ? value : -1);

/** As GetFunctionConfiguration shows it. */
export const configuration = (definition: FunctionDefinition): Shape => ({
  FunctionName: definition.name,
  FunctionArn: definition.arn,
  Runtime: definition.runtime,
  Role: definition.roleArn,
  Handler: definition.handler,
  Description: definition.description,
  Timeout: definition.timeoutMs / 1000,
  MemorySize: definition.memoryMb,
  Version: '$LATEST',
  PackageType: 'Zip',
  Architectures: definition.architectures,
  Environment: { Variables: definition.variables },
  ...(definition.deadLetterArn ? { DeadLetterConfig: { TargetArn: definition.deadLetterArn } } : {}),
  State: 'Active',
  LastUpdateStatus: 'Successful',
});

export const functionShape = (pool: Pool): Shape => {
  const reserved = pool.reservation();
  return {
    Configuration: configuration(pool.definition),
    ...(reserved === undefined ? {} : { Concurrency: { ReservedConcurrentExecutions: reserved } }),
  };
};

/** A mapping has no name but this, the same after every start. */
export const mappingId = ({ id }: Mapping): string =>
  createHash('sha256')
    .update(id)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

export const mappingShape = (mapping: Mapping, functionArn: string): Shape => ({
  UUID: mappingId(mapping),
  EventSourceArn: mapping.sourceArn,
  FunctionArn: functionArn,
  State: mapping.enabled ? 'Enabled' : 'Disabled',
  StateTransitionReason: 'USER_INITIATED',
  BatchSize: mapping.batchSize,
  MaximumBatchingWindowInSeconds: mapping.windowMs / 1000,
  FunctionResponseTypes: mapping.reportsItems ? ['ReportBatchItemFailures'] : [],
  ...(isQueue(mapping)
    ? { ScalingConfig: { MaximumConcurrency: mapping.maximumConcurrency } }
    : {
        StartingPosition: mapping.fromStart ? 'TRIM_HORIZON' : 'LATEST',
        ParallelizationFactor: mapping.lanes,
        BisectBatchOnFunctionError: mapping.bisect,
        MaximumRetryAttempts: unbounded(mapping.maximumRetries),
        MaximumRecordAgeInSeconds: unbounded(mapping.maximumAgeMs / 1000),
        DestinationConfig: { OnFailure: mapping.onFailureArn ? { Destination: mapping.onFailureArn } : {} },
      }),
});

export const invokeConfigShape = (functionArn: string, config: InvokeConfigProperties): Shape => ({
  FunctionArn: `${functionArn}:$LATEST`,
  MaximumRetryAttempts: Number(config.MaximumRetryAttempts ?? 2),
  MaximumEventAgeInSeconds: Number(config.MaximumEventAgeInSeconds ?? 21_600),
  DestinationConfig: { OnSuccess: {}, OnFailure: {}, ...config.DestinationConfig },
});

/** The policy document that a function's permissions add up to. */
export const policyText = (functionArn: string, permissions: readonly PermissionProperties[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Id: 'default',
    Statement: permissions.map(({ Action, Principal, SourceArn, SourceAccount }, index) => ({
      Sid: `permission-${index}`,
      Effect: 'Allow',
      Principal: Principal.endsWith('.amazonaws.com') ? { Service: Principal } : { AWS: Principal },
      Action,
      Resource: functionArn,
      ...(SourceArn || SourceAccount
        ? {
            Condition: {
              ...(SourceAccount ? { StringEquals: { 'AWS:SourceAccount': SourceAccount } } : {}),
              ...(SourceArn ? { ArnLike: { 'AWS:SourceArn': SourceArn } } : {}),
            },
          }
        : {}),
    })),
  });
