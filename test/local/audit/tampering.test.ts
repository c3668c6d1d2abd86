import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyAudit } from '../../../local/audit/verify.ts';
import { entriesIn, recordOf, sampleOf } from './sample.ts';
import { isChanged, type Tampered, type Tampering, tamper, tamperingOf } from './tamper.ts';

const RUNS = 1000;
const LONG_MS = 180_000;
const whole = sampleOf({ minutes: 4, each: 1, tail: 2 });
const covered = whole.checkpoints.at(-1)?.heads ?? [];
const uncoveredIn = (verdict: { uncovered: readonly { entries: number }[] }): number =>
  verdict.uncovered.reduce((sum, { entries }) => sum + entries, 0);

/** What is not found in what is left: the tail that no checkpoint covers was cut, or written anew with all its hashes; or checkpoints were cut, which leaves a longer tail. */
const isBeyondProof = ({ of, how, rehash }: Tampering, { from, chain, sample }: Tampered): boolean => {
  const left = (of === 'entries' ? sample.chains[chain] : sample.checkpoints)?.length;
  const isCut = how === 'truncate' || (how === 'delete' && from === left);
  return of === 'checkpoints' ? isCut : from >= (covered[chain]?.seq ?? 0) && (rehash || isCut);
};

describe('a whole audit', () => {
  it('is found sound, and what no checkpoint covers is said by chain', async () => {
    const verdict = await verifyAudit(recordOf(whole));
    expect(verdict.findings).toEqual([]);
    expect(verdict).toMatchObject({ checkpoints: 4, last: { counter: 4 }, entries: entriesIn(whole) });
    expect(uncoveredIn(verdict)).toBe(entriesIn(whole) - (verdict.last?.entries ?? 0));
    expect(verdict.uncovered[0]).toEqual({ stream: 'journal-00', entries: 2, since: '2026-11-22T17:04:00.000Z' });
  });
});

describe(`${RUNS} random single edits, deletions, insertions, reorders and truncations`, () => {
  it(
    'are found, each of them, where they touch what a checkpoint covers or break a chain',
    async () => {
      let found = 0;
      await fc.assert(
        fc.asyncProperty(tamperingOf(), async (how) => {
          const tampered = tamper(whole, how);
          fc.pre(isChanged(whole, tampered) && !isBeyondProof(how, tampered));
          const { findings } = await verifyAudit(recordOf(tampered.sample));
          expect(findings.length, JSON.stringify(how)).toBeGreaterThan(0);
          found += 1;
        }),
        { numRuns: RUNS },
      );
      expect(found).toBe(RUNS);
    },
    LONG_MS,
  );

  it('name the place: the first that is no longer as it was, in its chain', async () => {
    await fc.assert(
      fc.asyncProperty(tamperingOf({ of: ['entries'], rehash: [false] }), async (how) => {
        const tampered = tamper(whole, how);
        fc.pre(how.how !== 'edit' && !isBeyondProof(how, tampered));
        const { findings } = await verifyAudit(recordOf(tampered.sample));
        expect(findings.map(({ where }) => where)).toContain(`journal-${String(tampered.chain).padStart(2, '0')} ${tampered.from + 1}`);
      }),
      { numRuns: 200 },
    );
  });

  it('leave the tail shorter, or written anew, where only the tail was touched: it is reported as not covered', async () => {
    await fc.assert(
      fc.asyncProperty(tamperingOf({ of: ['entries'], rehash: [true], from: 0.67 }), async (how) => {
        const tampered = tamper(whole, how);
        fc.pre(isBeyondProof(how, tampered));
        const verdict = await verifyAudit(recordOf(tampered.sample));
        expect(uncoveredIn(verdict)).toBe(entriesIn(tampered.sample) - (verdict.last?.entries ?? 0));
      }),
      { numRuns: 200 },
    );
  });
});

describe('checkpoints that were taken away from the end', () => {
  it.each([1, 2, 3, 4])('leave what %i covered uncovered, and are missed once that is over three minutes old', async (gone) => {
    const { chains, checkpoints, key } = whole;
    const verdict = await verifyAudit(recordOf({ chains, checkpoints: checkpoints.slice(0, -gone), key }));
    expect(uncoveredIn(verdict)).toBe(entriesIn(whole) - (verdict.last?.entries ?? 0));
    // The tail begins a minute after the last checkpoint, so what the third from the end covers is three minutes older than the newest entry.
    expect(verdict.findings.length > 0).toBe(gone >= 3);
    if (gone >= 3) expect(verdict.findings[0]?.what).toContain('none was made, or it was taken away');
  });
});
