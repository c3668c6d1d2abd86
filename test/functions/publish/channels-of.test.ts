import { describe, expect, test } from 'vitest';
import { channelsOf } from '../../../functions/publish/channels-of.ts';
import { count } from '../../../functions/publish/count.ts';
import type { JournalKind } from '../../../shared/contracts/journal.ts';
import { noCounts } from '../../../shared/stores/channels.ts';

const told = (kind: JournalKind, data: Record<string, unknown> = {}) => channelsOf({ kind, data });

describe('channelsOf', () => {
  test.each<[JournalKind, Record<string, unknown>, string[]]>([
    ['event.accepted', {}, []],
    ['event.fused', {}, ['events']],
    ['event.fused', { into: 'statement' }, []],
    ['event.dead-lettered', {}, ['events', 'alerts']],
    ['event.redriven', {}, ['events']],
    ['event.discarded', {}, ['events']],
    ['incident.merged', {}, ['events']],
    ['resource.allocated', {}, ['events']],
    ['resource.unknown', {}, ['events', 'alerts']],
    ['workflow.started', { workflow: 'gunfire-response' }, ['workflow-status', 'alerts']],
    ['workflow.started', { workflow: 'unheard-of' }, ['workflow-status']],
    ['workflow.timed-out', {}, ['workflow-status', 'alerts']],
    ['step.completed', {}, ['workflow-status']],
    ['step.refused', {}, ['workflow-status', 'alerts']],
    ['action.requested', {}, ['workflow-status']],
    ['approval.requested', {}, ['workflow-status', 'alerts']],
    ['approval.answered', {}, ['workflow-status']],
    ['guardrail.decided', { verdict: 'permit' }, []],
    ['guardrail.decided', { verdict: 'refuse' }, ['alerts']],
    ['guardrail.decided', { verdict: 'ask' }, ['alerts']],
    ['audit.read', {}, []],
    ['fact.recorded', {}, []],
  ])('%s %o is told on %j', (kind, data, channels) => {
    expect(told(kind, data)).toEqual(channels);
  });
});

describe('count', () => {
  test('drops are counted by their reason', () => {
    const once = count(noCounts(), { kind: 'event.dropped', data: { reason: 'duplicate' } });
    expect(count(once, { kind: 'event.dropped', data: { reason: 'duplicate' } }).dropped).toEqual({ duplicate: 2 });
  });

  test('every way a workflow can end without completing is a failure', () => {
    const kinds: JournalKind[] = ['workflow.failed', 'workflow.cancelled', 'workflow.timed-out'];
    expect(kinds.reduce((counts, kind) => count(counts, { kind, data: {} }), noCounts())).toMatchObject({ failed: 3, completed: 0 });
  });

  test('a match that failed to start is told apart, so that matches can be seen to close', () => {
    expect(count(noCounts(), { kind: 'match.failed', data: {} })).toMatchObject({ failedToStart: 1, failed: 0 });
  });

  test('what the ledger does not count changes nothing', () => {
    const counts = noCounts();
    expect(count(counts, { kind: 'step.started', data: {} })).toBe(counts);
  });
});
