import { SignCommand } from '@aws-sdk/client-kms';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Breach } from '../../shared/contracts/checkpoint.ts';
import { dynamoDb, kms, s3, sqs } from '../../shared/lambda/clients.ts';
import { lazily, setting } from '../../shared/lambda/doors.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { checkpointsStore } from '../../shared/stores/checkpoints.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import { checkpoint } from './checkpoint.ts';

/** KMS signs the bytes themselves (RAW), as Ed25519 wants it. */
const signing = (runtime: Runtime, KeyId: string) => {
  const client = kms(runtime);
  return async (Message: Uint8Array): Promise<Uint8Array> => {
    const asked = new SignCommand({ KeyId, Message, MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' });
    const { Signature } = await client.send(asked);
    if (!Signature) throw new Error('KMS gave no signature');
    return Signature;
  };
};

/** Every dead-letter queue has an alarm that goes off at its first message: this one is a letter about the journal itself. */
const alarming = (runtime: Runtime, QueueUrl: string) => {
  const queue = sqs(runtime);
  return async (breach: Breach): Promise<void> => {
    await queue.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ type: 'audit.broken', ...breach }) }));
  };
};

/** The door of `checkpoint`: the schedule's minute. What is signed stands in checkpoint.ts. */
export const create = (runtime: Runtime) => {
  const key = setting(runtime, 'CHECKPOINT_KEY_ARN');
  return checkpoint({
    journal: journalStore({ client: dynamoDb(runtime), name: setting(runtime, 'JOURNAL_TABLE'), runtime }),
    checkpoints: checkpointsStore({ client: s3(runtime), bucket: setting(runtime, 'CHECKPOINT_BUCKET') }),
    clock: runtime.clock,
    log: runtime.log,
    key,
    sign: signing(runtime, key),
    alarm: alarming(runtime, setting(runtime, 'ALARM_QUEUE_URL')),
  });
};

export const handler = lazily(create);
