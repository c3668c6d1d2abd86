import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { removal, type Setting } from './setting.ts';

/** A log group that forgets when the stage says and is encrypted with our key. */
export const logGroup = (scope: Construct, id: string, logGroupName: string, { config, key }: Omit<Setting, 'bundles'>): LogGroup =>
  new LogGroup(scope, id, {
    logGroupName,
    encryptionKey: key,
    // The enumeration's values are the days themselves.
    retention: config.logRetentionDays as RetentionDays,
    removalPolicy: removal(config),
  });
