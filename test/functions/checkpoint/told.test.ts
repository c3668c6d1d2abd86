import { describe, expect, test } from 'vitest';
import { checkpoint } from '../../../functions/checkpoint/checkpoint.ts';
import type { Breach, Checkpoint } from '../../../shared/contracts/checkpoint.ts';
import type { Entry } from '../../../shared/contracts/journal.ts';
import type { Kept } from '../../../shared/stores/journal.ts';

/** A journal whose first chain has an entry that is not what its hash says, and a bucket that may not answer. */
const ground = () => {
  const forged: Kept = { entry: { stream: 'journal-00', seq: 1, hash: 'f'.repeat(64) }, misfiled: false };
  const signed: Checkpoint[] = [];
  const alarms: Breach[] = [];
  const entries: Entry[] = [];
  const bucket = { isDown: false };
  const run = checkpoint({
    journal: {
      kept: async (stream) => (stream === forged.entry['stream'] ? [forged] : []),
      commit: async (_, drafts) => {
        entries.push(...drafts);
        return { ok: true, entries: [] };
      },
    },
    checkpoints: {
      latest: async () => signed.at(-1),
      put: async (one) => {
        if (bucket.isDown) throw new Error('the bucket does not answer');
        signed.push(one);
        return true;
      },
    },
    clock: { now: () => 0 },
    log: { info: () => {}, warn: () => {}, error: () => {} },
    key: 'arn:aws:kms:us-east-1:000000000000:key/1',
    sign: async () => new Uint8Array(64),
    alarm: async (breach) => void alarms.push(breach),
  });
  return { run, bucket, signed, alarms, entries };
};

describe('a chain that is newly found broken', () => {
  test('is told before it is signed: what is cut short between the two tells it again', async () => {
    const { run, bucket, signed, alarms, entries } = ground();
    bucket.isDown = true;
    await expect(run()).rejects.toThrow('the bucket does not answer');
    bucket.isDown = false;
    await run();
    expect(signed).toHaveLength(1);
    expect(alarms).toHaveLength(2);
    expect(entries.map(({ kind }) => kind)).toEqual(['audit.broken', 'audit.broken']);
  });

  test('is told once where nothing fails, and stands in every checkpoint', async () => {
    const { run, signed, alarms, entries } = ground();
    for (let minute = 0; minute < 3; minute++) await run();
    expect(alarms).toHaveLength(1);
    expect(entries).toHaveLength(1);
    expect(signed.map(({ statement }) => statement.breaches.length)).toEqual([1, 1, 1]);
  });
});
