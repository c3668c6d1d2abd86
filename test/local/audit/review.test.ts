import { describe, expect, it } from 'vitest';
import { askedOf } from '../../../local/audit/review/asked.ts';
import { makeReview } from '../../../local/audit/review/make.ts';
import { reviewInWords } from '../../../local/audit/review/words.ts';
import { streams } from '../../../shared/stores/journal.ts';
import { copyOf, type Entry, linked, recordOf, type Sample, sampleOf } from './sample.ts';

const NOW = Date.UTC(2026, 10, 24);
// The sample was written on Sunday, 22 November 2026.
const week = askedOf({}, NOW);
const whole = sampleOf();

const signedBy = (actor: string, hash: string): Sample => {
  const sample = copyOf(whole);
  const chain = sample.chains[2] as Entry[];
  const data = { week: '2026-W47', hash, found: 'in-order', note: 'as usual' };
  chain.push(linked(chain.at(-1), streams[2] ?? '', { kind: 'audit.reviewed', actor, at: '2026-11-24T08:00:00.000Z', data }));
  return sample;
};

describe('a review', () => {
  it('is of the last whole week, unless another or a span is named', () => {
    expect(week).toMatchObject({ week: '2026-W47' });
    expect(askedOf({ week: '2026-W01' }, NOW)).toMatchObject({ from: Date.UTC(2025, 11, 29), to: Date.UTC(2026, 0, 5) });
    expect(askedOf({ from: '2026-11-22T00:00:00Z' }, NOW)).toEqual({ from: Date.UTC(2026, 10, 22), to: NOW });
    expect(() => askedOf({ week: '2025-W53' }, NOW)).toThrow('is no week');
    expect(() => askedOf({ week: '2026-W01', to: '2026-11-22T00:00:00Z' }, NOW)).toThrow('Name a --week, or a span');
    expect(() => askedOf({ from: '2026-11-25T00:00:00Z' }, NOW)).toThrow('must lie before');
  });

  it('is made of every entry, with the verdict on the audit that it comes from', async () => {
    const made = await makeReview(recordOf(whole), week);
    expect(Object.values(made.report.log.reads).reduce((sum, count) => sum + count, 0)).toBe(made.verdict.entries);
    expect(made.verdict.findings).toEqual([]);
    expect(reviewInWords(made)).toContain(`The log was read: ${made.verdict.entries}`);
    expect(reviewInWords(made)).toContain('Nobody has signed it.');
  });

  it('holds nothing of another week', async () => {
    const { report } = await makeReview(recordOf(whole), askedOf({ week: '2026-W46' }, NOW));
    expect(report.entries).toBe(0);
  });

  it('says who signed it, and that it was this report', async () => {
    const { hash } = await makeReview(recordOf(whole), week);
    const made = await makeReview(recordOf(signedBy('person/zoe', hash)), week);
    expect(made.signed).toMatchObject({ by: 'person/zoe', same: true, own: false });
    expect(reviewInWords(made)).toContain('Signed by person/zoe at 2026-11-24T08:00:00.000Z: in-order, “as usual”');
  });

  it('says that another report was signed, and that the audit does not hold, where an entry was taken out', async () => {
    const { hash } = await makeReview(recordOf(whole), week);
    const sample = signedBy('person/zoe', hash);
    sample.chains[0]?.splice(0, 1);
    const made = await makeReview(recordOf(sample), week);
    expect(made.signed).toMatchObject({ same: false });
    expect(reviewInWords(made)).toContain('IT IS ANOTHER REPORT THAT WAS SIGNED');
    expect(made.verdict.findings).not.toEqual([]);
  });
});
