import { describe, expect, test } from 'vitest';
import type { Standing } from '../../../shared/contracts/channel.ts';
import type { Barred } from '../../../shared/contracts/people.ts';
import { type Listener, viewOf } from '../../../shared/domain/view.ts';
import { createAccess } from '../../../shared/policy/access/index.ts';
import { agreement } from '../../support/agreement.ts';

const NOW = Date.UTC(2026, 10, 22, 17);
const access = createAccess(['rbpd']);
const SHERIFF = { id: 'sheriff', agreement: agreement() };
const ada: Listener = {
  sub: 'ada',
  tokenId: 't1',
  issuedAt: NOW - 1000,
  roles: ['dispatcher'],
  agency: 'rbpd',
  channel: 'events',
  expiresAt: NOW + 1,
};
const view = (more: Partial<Listener> = {}, out: readonly Barred[] = []) =>
  viewOf({ ...ada, ...more }, { access, out, partners: [SHERIFF], joint: [], now: NOW });
const barred = (what: Barred['what'], id: string): Barred => ({
  what,
  id,
  until: '2026-11-22T17:00:00.000Z',
  by: 'root',
  reason: 'left',
  at: '2026-11-22T17:00:00.000Z',
});

const incident: Standing = {
  topic: 'fused-event',
  kind: 'incident.updated',
  at: '2026-11-22T17:00:00.000Z',
  incidentId: 'i-1',
  about: { category: 'INCIDENT', source: 'cad_system' },
  data: { entities: [{ kind: 'person-name', id: 'JANE ROE' }], data: { note: 'Jane Roe' }, summary: 'Jane Roe' },
};

test.each<[string, Partial<Listener>, Barred[]]>([
  ['whose token has ended', { expiresAt: NOW }, []],
  ['in no role that may look', { roles: ['subsystem'] }, []],
  ['of another agency', { agency: 'elsewhere' }, []],
  ['who operates and audits', { roles: ['kernel_operator', 'auditor', 'dispatcher'] }, []],
  ['who was shut out', {}, [barred('person', 'ada')]],
  ['whose tokens were ended', {}, [barred('tokens', 'ada')]],
  ['whose token was ended', {}, [barred('token', 't1')]],
])('a listener %s is told nothing', (_, more, out) => {
  expect(view()).toBeDefined();
  expect(view(more, out)).toBeUndefined();
});

test('who somebody is is told to those who respond and masked for those who watch, in a snapshot as in a frame', () => {
  expect(view()?.see(incident)).toBe(incident);
  const shown = view({ roles: ['viewer'] })?.see(incident);
  expect(shown).toMatchObject({ kind: 'incident.updated', incidentId: 'i-1', data: { entities: [{ kind: 'person-name', id: 'masked' }] } });
  expect(JSON.stringify(shown)).not.toMatch(/jane/i);
});

test('a filter leaves out what does not fit, for whoever may see it', () => {
  const fitting = { sources: ['cad_system' as const] };
  for (const roles of [['dispatcher'], ['viewer']] as const) {
    expect(view({ roles, filter: fitting })?.see(incident)).toBeDefined();
    expect(view({ roles, filter: { sources: ['lpr_network'] } })?.see(incident)).toBeUndefined();
  }
});

test('whoever is told the same has the same key, and nobody else', () => {
  const keys = [view(), view({ sub: 'bea', roles: ['supervisor'] }), view({ roles: ['viewer'] }), view({ filter: { workflow: 'w' } })].map(
    (one) => one?.key,
  );
  expect(keys[0]).toBe(keys[1]);
  expect(new Set(keys).size).toBe(3);
});

const recorded = (recipient: string, more: object = {}): Standing => ({
  topic: 'sharing',
  kind: 'dissemination.recorded',
  at: '2026-11-22T17:00:00.000Z',
  incidentId: 'i-1',
  about: { source: 'cad_system' },
  data: {
    recipient,
    agreement: 'MOU-2026-014',
    purpose: 'mutual aid',
    word: 'told',
    eventKey: 'cad_system#RB-7',
    sharedAs: 'rbpd/X',
    fields: ['type'],
    ...more,
  },
});

describe('people of an agency that something is shared with', () => {
  const theirs = view({ agency: 'sheriff' });

  test('are told what was shared with their agency, without our names of it', () => {
    expect(theirs?.see(recorded('sheriff'))).toEqual({
      topic: 'sharing',
      kind: 'dissemination.recorded',
      at: '2026-11-22T17:00:00.000Z',
      about: {},
      data: { recipient: 'sheriff', agreement: 'MOU-2026-014', purpose: 'mutual aid', word: 'told', sharedAs: 'rbpd/X', fields: ['type'] },
    });
  });

  test('are told nothing else: no event, nothing that others were told, no step of ours that names them', () => {
    expect([incident, recorded('coast-guard'), recorded('sheriff', { sharedAs: undefined })].map((one) => theirs?.see(one))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('follow no other channel, and share no bytes with anybody else', () => {
    expect([view({ agency: 'sheriff', channel: 'alerts' }), view({ agency: 'sheriff', channel: 'workflow-status' })]).toEqual([
      undefined,
      undefined,
    ]);
    expect(theirs?.key).not.toBe(view()?.key);
  });

  test('are told nothing any more once the agreement has ended', () => {
    const ended = { id: 'sheriff', agreement: agreement({}, { until: '2026-11-22T17:00:00Z' }) };
    expect(viewOf({ ...ada, agency: 'sheriff' }, { access, out: [], partners: [ended], joint: [], now: NOW })).toBeUndefined();
  });
});
