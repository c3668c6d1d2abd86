import { describe, expect, it } from 'vitest';
import { actedIn, hashOfReport, reportOf } from '../../../shared/audit/report.ts';
import { spanOfWeek } from '../../../shared/audit/week.ts';
import type { Entry, JournalEntry } from '../../../shared/contracts/journal.ts';

const span = spanOfWeek('2026-W48') ?? { from: 0, to: 0 };
const HOUR = 3_600_000;

let seq = 0;
/** An entry so many hours after the week began. */
const entry = (hours: number, kind: Entry['kind'], data: object = {}, more: Partial<Entry> = {}): JournalEntry => {
  seq += 1;
  const at = new Date(span.from + hours * HOUR).toISOString();
  return { kind, actor: 'person/ann', data: { ...data }, stream: 'journal-00', seq, at, prev: '', hash: '', ...more };
};
const via = (to: string, outcome: 'done' | 'refused' = 'done', object = {}) => ({
  via: { from: '192.0.2.7', to, object, size: 0, session: 's', outcome },
});
const asked = (hours: number, approvalId: string) =>
  entry(hours, 'approval.requested', { kind: 'review', approvalId, step: 'lock.review.0' }, { actor: 'system/step', executionId: 'run-1' });
const word = (hours: number, approvalId: string) =>
  entry(hours, 'approval.answered', { kind: 'review', approvalId, answer: 'approve', reason: 'shots were heard' }, { actor: 'person/sue' });

describe('a week’s report', () => {
  it('counts what was refused, forbidden, read and buried, by name', () => {
    const report = reportOf(
      [
        entry(1, 'audit.read'),
        entry(2, 'audit.read', {}, { actor: 'person/bob' }),
        entry(3, 'access.refused', {}, via('audit', 'refused')),
        entry(3, 'access.refused', {}, via('stopKernel', 'refused')),
        entry(4, 'guardrail.decided', {
          verdict: 'refuse',
          clauses: [
            { id: 'fourth-amendment', severity: 'BLOCKING' },
            { id: 'bias', severity: 'WARNING' },
          ],
        }),
        entry(4, 'guardrail.decided', { verdict: 'allow', clauses: [] }),
        entry(5, 'event.dead-lettered', { source: 'lpr_network' }, { actor: 'system/ingest' }),
        entry(6, 'event.discarded', {}),
      ],
      span,
    );
    expect(report).toMatchObject({
      entries: 7,
      refusals: { 'fourth-amendment': 1 },
      log: { reads: { 'person/ann': 1, 'person/bob': 1 }, attempts: { 'person/ann': 1 } },
      forbidden: { stopKernel: 1 },
      deadLetters: { buried: { lpr_network: 1 }, redriven: 0, discarded: 1 },
    });
  });

  it('names privileged acts with their objects and outcomes, and no others', () => {
    const report = reportOf(
      [
        entry(1, 'access.granted', {}, via('redriveExecution', 'refused', { id: 'run-1' })),
        entry(2, 'access.granted', {}, via('ingestEvent')),
      ],
      span,
    );
    expect(report.privileged).toMatchObject([{ by: 'person/ann', what: 'redriveExecution', object: { id: 'run-1' }, outcome: 'refused' }]);
    expect(actedIn(report, 'person/ann')).toBe(true);
    expect(actedIn(report, 'person/bob')).toBe(false);
  });

  it('names each fact that two persons withdrew or replaced, with both of them', () => {
    const data = {
      subject: 'incident/I1',
      kind: 'warrant',
      eventKey: 'investigations#w-7',
      by: 'ann',
      confirmedBy: 'bob',
      reason: 'quashed',
    };
    const report = reportOf([entry(1, 'fact.withdrawn', data), entry(2, 'fact.recorded', data)], span);
    expect(report.facts).toMatchObject([
      {
        by: 'person/ann',
        confirmedBy: 'person/bob',
        what: 'fact.withdrawn',
        subject: 'incident/I1',
        factKind: 'warrant',
        reason: 'quashed',
      },
    ]);
    expect(['ann', 'bob', 'cy'].map((sub) => actedIn(report, `person/${sub}`))).toEqual([true, true, false]);
  });

  it('tells of each override whether it was reviewed within 24 h, in the following week if need be', () => {
    const last = 7 * 24 - 1;
    const report = reportOf(
      [asked(1, 'a'), word(25, 'a'), asked(1, 'b'), word(25.1, 'b'), asked(2, 'c'), asked(last, 'd'), word(last + 23, 'd')],
      span,
    );
    expect(report.overrides.map(({ approvalId, review }) => [approvalId, review?.by])).toEqual([
      ['a', 'person/sue'],
      ['b', undefined],
      ['c', undefined],
      ['d', 'person/sue'],
    ]);
    expect(actedIn(report, 'person/sue')).toBe(true);
  });

  it('holds what its week holds, to the millisecond', () => {
    const report = reportOf([entry(-1 / HOUR, 'audit.read'), entry(0, 'audit.read'), entry(7 * 24, 'audit.read')], span);
    expect(report.log.reads).toEqual({ 'person/ann': 1 });
  });

  it('is the same in whatever order its entries come, and another when one of them is missing', () => {
    const entries = [asked(1, 'a'), word(2, 'a'), entry(3, 'audit.read'), entry(3, 'access.granted', {}, via('stopKernel'))];
    const hash = hashOfReport(reportOf(entries, span));
    expect(hashOfReport(reportOf(entries.toReversed(), span))).toBe(hash);
    for (const [index] of entries.entries()) expect(hashOfReport(reportOf(entries.toSpliced(index, 1), span))).not.toBe(hash);
  });
});
