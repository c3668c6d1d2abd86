import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { localAws } from '../../client/aws.ts';
import { dynamoDb, kms, s3 } from '../../shared/lambda/clients.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { knownSigningKey } from '../engines/keys/keys.ts';
import { lookAt } from '../inspect/look.ts';
import { Refusal } from '../kernel/refusal.ts';
import { ofExport } from './export/read.ts';
import type { AuditRecord } from './record.ts';
import { ofServices } from './sources.ts';

/** Where an audit is read: an export, a running system, an account, or else a data directory. */
export interface Where {
  readonly export?: string;
  readonly endpoint?: string;
  readonly aws?: boolean;
  readonly data: string;
  readonly stage: string;
  readonly bucket?: string;
  readonly keyId?: string;
  /** A public key in PEM from somewhere else, which then stands for all that came with the audit. */
  readonly key?: string;
}

const overTheNetwork = (where: Where, config: object): AuditRecord =>
  ofServices({
    ...where,
    dynamodb: DynamoDBDocumentClient.from(new DynamoDBClient(config)),
    s3: new S3Client(config),
    kms: new KMSClient(config),
  });

/** What is on disk, replayed into a machine that never goes on; the directory is not changed, and may be in use. */
const ofDirectory = async (where: Where): Promise<AuditRecord> => {
  const signingKey = knownSigningKey(where.data);
  if (!signingKey) throw new Refusal(`${where.data} has no checkpoint-key.json, so nothing in it was ever signed: start SWOE there once.`);
  const { machine } = await lookAt(where.data, { signingKey });
  const runtime: Pick<Runtime, 'aws' | 'random' | 'pause' | 'env'> = {
    aws: (service, operation, input) => machine.call(machine.localUser, service, operation, input as Record<string, unknown>),
    random: () => 0,
    pause: async () => {},
    env: {},
  };
  const asked = runtime as Runtime;
  return ofServices({ ...where, dynamodb: dynamoDb(asked), s3: s3(asked), kms: kms(asked) });
};

const recordIn = async (where: Where): Promise<AuditRecord> => {
  if (where.export !== undefined) return ofExport(where.export);
  if (where.endpoint !== undefined) return overTheNetwork(where, localAws(where.endpoint));
  return where.aws ? overTheNetwork(where, {}) : ofDirectory(where);
};

const keyIn = (path: string) => {
  try {
    return createPublicKey(readFileSync(path));
  } catch (error) {
    throw new Refusal(`--key ${path} is no public key in PEM: ${(error as Error).message}`);
  }
};

/** The audit that is meant. */
export const recordOf = async (where: Where): Promise<AuditRecord> => {
  const record = await recordIn(where);
  const { key } = where;
  return key === undefined ? record : { ...record, keys: async () => [keyIn(key)] };
};
