import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { signedBytes } from '../../shared/audit/checkpoint.ts';
import { Checkpoint } from '../../shared/contracts/checkpoint.ts';
import { nameOfCheckpoint } from '../../shared/stores/checkpoints.ts';
import { FLEET, shot, system } from './system.ts';
import { ask, verdictOn } from './verdict.ts';

type Running = Awaited<ReturnType<typeof system>>;

const BUCKET = 'swoe-dev-checkpoints-000000000000-us-east-1';
const MINUTE = 60_000;

const checkpointOf = async (running: Running, counter: number): Promise<Checkpoint> => {
  const { Body } = await ask<{ Body: Buffer }>(running, 's3', 'GetObject', { Bucket: BUCKET, Key: nameOfCheckpoint(counter) });
  return Checkpoint.parse(JSON.parse(Body.toString()));
};

const busy = async (): Promise<Running> => {
  const running = await system();
  await running.populate(FLEET);
  await running.put('gunshot_detection', 'gunshot.detected', shot('shot-1'));
  await running.pass(4 * MINUTE);
  return running;
};

describe('each minute', () => {
  test('a checkpoint covers the whole journal, signed and chained, and the audit holds', async () => {
    const running = await busy();
    const { PublicKey } = await ask<{ PublicKey: Buffer }>(running, 'kms', 'GetPublicKey', { KeyId: 'alias/swoe-dev-checkpoint-key' });
    const key = createPublicKey({ key: PublicKey, format: 'der', type: 'spki' });
    for (const counter of [1, 2, 3, 4]) {
      const { statement, signature } = await checkpointOf(running, counter);
      expect(statement).toMatchObject({ counter, breaches: [], key: expect.stringMatching(/^arn:aws:kms:.*:key\//) });
      expect(verify(null, signedBytes(statement), key, Buffer.from(signature, 'base64'))).toBe(true);
    }
    const verdict = await verdictOn(running);
    expect(verdict.findings).toEqual([]);
    expect(verdict).toMatchObject({ checkpoints: 4, last: { counter: 4 } });
    expect(verdict.last?.entries).toBeGreaterThan(50);
    expect(verdict.last?.entries).toBe(verdict.entries - verdict.uncovered.reduce((sum, { entries }) => sum + entries, 0));
  });
});

describe('an entry that somebody changes behind everybody’s back', () => {
  test('is an alert within the minute, once, stands in every checkpoint from then on, and is found with its place', async () => {
    const running = await busy();
    const { heads } = await checkpointOf(running, 4);
    const { stream = '', seq = 0 } = heads.find((head) => head.seq > 3) ?? {};
    await ask(running, 'dynamodb', 'UpdateItem', {
      TableName: 'swoe-dev-journal',
      Key: { pk: { S: stream }, sk: { S: String(seq).padStart(12, '0') } },
      UpdateExpression: 'SET actor = :forged',
      ExpressionAttributeValues: { ':forged': { S: 'person/somebody-else' } },
    });
    await running.pass(3 * MINUTE);
    expect(await running.journal('&kind=audit.broken')).toMatchObject([{ data: { stream, seq, why: 'altered', counter: 5 } }]);
    for (const counter of [5, 6, 7])
      expect((await checkpointOf(running, counter)).statement.breaches).toEqual([{ stream, seq, why: 'altered' }]);
    const { findings } = await verdictOn(running);
    expect(findings).toContainEqual({ where: `${stream} ${seq}`, what: 'the entry is not what its hash says, as checkpoint 5 says' });
    const { Messages = [] } = await ask<{ Messages?: { Body: string }[] }>(running, 'sqs', 'ReceiveMessage', {
      QueueUrl: 'http://127.0.0.1:4566/000000000000/swoe-dev-checkpoint-dlq',
    });
    expect(Messages).toHaveLength(1);
  });
});

describe('nobody', () => {
  test('but the room may put a checkpoint or sign, not even who may do anything, and nobody may remove one', async () => {
    const running = await busy();
    const Key = nameOfCheckpoint(1);
    const forged = { Bucket: BUCKET, Key: nameOfCheckpoint(99), Body: '{}', IfNoneMatch: '*' };
    const sign = { KeyId: 'alias/swoe-dev-checkpoint-key', Message: Buffer.from('x'), SigningAlgorithm: 'ED25519_SHA_512' };
    await expect(ask(running, 's3', 'PutObject', forged)).rejects.toThrow('not authorized to perform: s3:PutObject');
    await expect(ask(running, 's3', 'DeleteObject', { Bucket: BUCKET, Key })).rejects.toThrow('not authorized to perform: s3:DeleteObject');
    await expect(ask(running, 'kms', 'Sign', sign)).rejects.toThrow('not authorized to perform: kms:Sign');
  });
});
