import { createPublicKey, type KeyObject } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { S3Client } from '@aws-sdk/client-s3';
import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { checkpointsStore } from '../../shared/stores/checkpoints.ts';
import { type Kept, keptOf } from '../../shared/stores/journal.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { AuditRecord, Sheet } from './record.ts';

/** The table, the bucket and the key of an installation, through whatever answers their clients. */
export interface Services {
  readonly dynamodb: DynamoDBDocumentClient;
  readonly s3: S3Client;
  readonly kms: KMSClient;
  readonly stage: string;
  /** Where they are not those of the stage's own account. */
  readonly bucket?: string | undefined;
  readonly keyId?: string | undefined;
}

interface Signer {
  readonly arn: string;
  readonly key: KeyObject;
}

const signerOf = async ({ kms, stage, keyId }: Services): Promise<Signer> => {
  const KeyId = keyId ?? `alias/swoe-${stage}-checkpoint-key`;
  const { KeyId: arn = '', PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId }));
  if (!PublicKey) throw new Refusal(`${KeyId} has no public key: name the key that signs checkpoints with --key-id.`);
  return { arn, key: createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' }) };
};

/** A bucket's name ends with account and region, which the key's ARN names. */
const bucketOf = ({ stage, bucket }: Services, { arn }: Signer): string => {
  const [, , , region, account] = arn.split(':');
  return bucket ?? `swoe-${stage}-checkpoints-${account}-${region}`;
};

/** A scan gives every item, wherever somebody may have put it; those of one partition in the order of their sort keys. */
async function* scanned({ dynamodb, stage }: Services): AsyncGenerator<Kept> {
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await dynamodb.send(
      new ScanCommand({ TableName: `swoe-${stage}-journal`, ConsistentRead: true, ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}) }),
    );
    for (const item of page.Items ?? []) yield keptOf(item);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
}

/** The audit as an installation keeps it. Checkpoints are read first, so that what is written meanwhile is only not covered yet. */
export const ofServices = (services: Services): AuditRecord => {
  const signer = signerOf(services);
  signer.catch(() => {});
  async function* checkpoints(): AsyncGenerator<Sheet> {
    const store = checkpointsStore({ client: services.s3, bucket: bucketOf(services, await signer) });
    const names: string[] = [];
    for await (const name of store.names()) names.push(name);
    for (const name of names.reverse()) yield { name, text: await store.textAt(name) };
  }
  return { keys: async () => [(await signer).key], checkpoints, entries: () => scanned(services) };
};
