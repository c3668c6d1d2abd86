import { describe, expect, test } from 'vitest';
import { aboutOf } from '../../../functions/publish/about.ts';
import { channelsOf, topicOn } from '../../../functions/publish/channels-of.ts';
import { count } from '../../../functions/publish/count.ts';
import { JournalKind } from '../../../shared/contracts/journal.ts';
import { topics } from '../../../shared/contracts/topic.ts';
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
    ['ask.opened', {}, ['alerts']],
    ['guardrail.decided', { verdict: 'permit' }, []],
    ['guardrail.decided', { verdict: 'refuse' }, ['alerts']],
    ['guardrail.decided', { verdict: 'ask' }, ['alerts']],
    ['audit.read', {}, []],
    ['fact.recorded', {}, []],
  ])('%s %o is told on %j', (kind, data, channels) => {
    expect(told(kind, data)).toEqual(channels);
  });
});

/** What only the audit needs; what is new in the journal is told, or stands here. */
const UNTOLD: JournalKind[] = [
  'event.accepted',
  'fact.recorded',
  'verdict.requested',
  'policy.checked',
  'audit.read',
  'audit.reviewed',
  'access.granted',
  'access.refused',
  'person.disabled',
  'person.enabled',
  'token.revoked',
  'logon.attempted',
  'logon.succeeded',
  'logon.locked',
  'person.unlocked',
  'sealed.opened',
  'subject.found',
  'subject.held',
  'subject.released',
  'subject.erased',
];

describe('topics', () => {
  test('every kind of the journal belongs to a channel, or is named as one that is told nobody', () => {
    const told = new Set(Object.values(topics).flatMap((specs) => specs.flatMap(({ kinds }) => kinds)));
    expect(JournalKind.options.filter((kind) => !told.has(kind))).toEqual(UNTOLD);
  });

  test('one entry may be another topic on another channel', () => {
    const refused = { kind: 'guardrail.decided', data: { verdict: 'refuse' } } as const;
    expect(topicOn('alerts', refused)).toBe('policy-violation');
    expect(topicOn('alerts', { ...refused, data: { verdict: 'alert' } })).toBe('guardrail-trigger');
    const failed = { kind: 'workflow.failed', data: {} } as const;
    expect([topicOn('workflow-status', failed), topicOn('alerts', failed)]).toEqual(['workflow-ended', 'workflow-error']);
  });
});

describe('aboutOf', () => {
  test('an event says itself what it is about', () => {
    const data = { eventKey: 'cad_system#7', category: 'INCIDENT', priority: 'LOW', source: 'cad_system', agency: 'rbpd' };
    expect(aboutOf({ data })).toEqual({ category: 'INCIDENT', priority: 'LOW', source: 'cad_system', agency: 'rbpd', workflow: undefined });
  });

  test('what belongs to a run is as grave as its workflow, which its id names', () => {
    const about = { workflow: 'gunfire-response', priority: 'CRITICAL' };
    expect(aboutOf({ data: { workflow: 'gunfire-response' } })).toMatchObject(about);
    expect(aboutOf({ executionId: 'gunfire-response-SW3H', data: { step: 's' } })).toMatchObject(about);
  });

  test('what is none of the registered words is left out', () => {
    expect(aboutOf({ data: { eventKey: 'my_garage#1', category: 'NOISE', workflow: 'unheard-of' } })).toEqual({});
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
