import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Standing } from '../../../../shared/contracts/channel.ts';
import { participants } from '../../../../shared/domain/joint/in-force.ts';
import { lentUnder } from '../../../../shared/domain/joint/lending.ts';
import { act, type JointWord } from '../../../../shared/domain/joint/operation.ts';
import { type Scope, seeing } from '../../../../shared/domain/joint/scope.ts';
import { sittingOf } from '../../../../shared/domain/joint/seat.ts';
import { viewOf } from '../../../../shared/domain/view.ts';
import { iso } from '../../../../shared/lambda/ids.ts';
import { createAccess } from '../../../../shared/policy/access/index.ts';
import { AGENCIES, declared, ENDS, HOURS, INCIDENTS, type Promised, parties, START, say, UNITS, words } from './model.ts';

const access = createAccess(parties.ours);

const told = (incidentId: string): Standing => ({
  topic: 'fused-event',
  kind: 'incident.updated',
  at: iso(START),
  incidentId,
  about: {},
  data: { type: 'gunshot.detected' },
});

/** Whether a dispatcher of an agency is told of an incident on a live channel. */
const isTold = (agency: string, incidentId: string, joint: readonly Scope[], now: number): boolean => {
  const listener = {
    sub: 'x',
    roles: ['dispatcher' as const],
    agency,
    channel: 'alerts' as const,
    issuedAt: 0,
    tokenId: 't',
    expiresAt: now + 1,
  };
  return viewOf(listener, { access, out: [], partners: parties.partners, joint, now })?.see(told(incidentId)) !== undefined;
};

const scopesOf = (operation: ReturnType<typeof declared>, now: number): Scope[] => {
  const agencies = participants(operation, parties, now);
  return agencies.length > 0 ? [{ operation, agencies, incidents: new Set(operation.incidents) }] : [];
};

const isAgreed = (agency: string, now: number): boolean =>
  parties.ours.includes(agency) || agency === 'port' || (agency === 'sheriff' && now < ENDS);

/** Holds what an operation opens at a moment to what was said until then. */
const hold = (operation: ReturnType<typeof declared>, so: Promised, now: number): boolean => {
  const scopes = scopesOf(operation, now);
  const part = [...so.accepted].filter((agency) => isAgreed(agency, now));
  const carries =
    !so.over &&
    now < Date.parse(operation.until) &&
    part.length >= 2 &&
    part.includes(so.lead) &&
    part.some((one) => parties.ours.includes(one));
  expect(scopes.flatMap(({ agencies }) => agencies).sort()).toEqual(carries ? part.sort() : []);
  expect(operation.lead).toBe(so.lead);
  expect(so.accepted.has(operation.lead)).toBe(true);
  for (const unit of UNITS)
    for (const incidentId of INCIDENTS) {
      const isGiven =
        carries && so.given.get(unit.id) === unit.agency && part.includes(unit.agency) && operation.incidents.includes(incidentId);
      expect([unit.id, incidentId, lentUnder(scopes, unit, incidentId) !== undefined]).toEqual([unit.id, incidentId, isGiven]);
    }
  for (const agency of ['sheriff', 'port', 'nobody'])
    for (const incidentId of INCIDENTS) {
      const sees = carries && part.includes(agency) && operation.incidents.includes(incidentId);
      expect([agency, seeing(scopes, incidentId).includes(agency)]).toEqual([agency, sees]);
      expect([agency, isTold(agency, incidentId, scopes, now)]).toEqual([agency, sees]);
    }
  return carries;
};

test('whatever is said in whatever order: in force with two agencies and an accepting lead alone, no unit without commitment, nobody sees who takes no part', () => {
  const seen = { inForce: 0, not: 0 };
  fc.assert(
    fc.property(words, (said) => {
      const so: Promised = { accepted: new Set(['police']), given: new Map(), lead: 'police', offered: undefined, over: false };
      let [operation, now] = [declared(), START];
      hold(operation, so, now);
      for (const one of said) {
        now += one.after * HOURS;
        operation = say(operation, so, one, now);
        seen[hold(operation, so, now) ? 'inForce' : 'not'] += 1;
      }
    }),
    { numRuns: 80 },
  );
  // Both were looked at, and often.
  expect(Math.min(seen.inForce, seen.not)).toBeGreaterThan(100);
});

describe('one operation', () => {
  const speak = (agency: string, sub = `${agency}-1`, now = START) => ({ sub, agency, reason: 'so', parties, now });
  const after = (...said: [string, JointWord][]) =>
    said.reduce((operation, [agency, word]) => {
      const acted = act(operation, word, speak(agency));
      if (!acted.ok) throw new Error(acted.says);
      return acted.now;
    }, declared());
  const accepted = after(['sheriff', { do: 'accept', command: [{ person: 'bob', role: 'chief', position: 'incident_commander' }] }]);

  test('is not accepted by whoever declared it, nor twice', () => {
    expect(act(declared(), { do: 'accept', command: [] }, speak('sheriff', 'police-chief'))).toMatchObject({ ok: false, why: 'forbidden' });
    expect(act(accepted, { do: 'accept', command: [] }, speak('sheriff'))).toMatchObject({ ok: false, why: 'conflict' });
  });

  test('is left with the seats and units of whoever leaves, and ends where one agency is left', () => {
    const given = after(
      ['sheriff', { do: 'accept', command: [{ person: 'bob', role: 'chief', position: 'incident_commander' }] }],
      ['sheriff', { do: 'assign', commit: [{ id: 'sheriff.1', agency: 'sheriff', type: 'BOAT', since: iso(START) }], withdraw: [] }],
    );
    const left = act(given, { do: 'decline' }, speak('sheriff'));
    expect(left).toMatchObject({ ok: true, now: { units: [], command: [], ended: { why: expect.stringContaining('fewer than two') } } });
    expect(left.ok && left.changes.map(({ kind }) => kind)).toEqual(['joint.left', 'joint.ended']);
  });

  test('is not left by its lead, whose lead another must take first', () => {
    expect(act(accepted, { do: 'decline' }, speak('police'))).toMatchObject({ ok: false, why: 'conflict' });
    const handed = after(
      ['sheriff', { do: 'accept', command: [] }],
      ['police', { do: 'offer-lead', to: 'sheriff' }],
      ['sheriff', { do: 'take-lead' }],
    );
    expect(handed).toMatchObject({ lead: 'sheriff', leadOfferedTo: undefined });
    expect(act(handed, { do: 'end' }, speak('police'))).toMatchObject({ ok: false, why: 'forbidden' });
  });

  test('is renewed for 72 hours at most, and a guest that leads adds no incident', () => {
    const renew = (hours: number, incidents: string[] = []) =>
      ({ do: 'renew', until: iso(START + hours * HOURS), incidents, agencies: [] }) as const;
    expect(act(accepted, renew(73), speak('police'))).toMatchObject({ ok: false, why: 'conflict' });
    expect(act(accepted, renew(72, ['i2']), speak('police'))).toMatchObject({ ok: true, now: { period: 2, incidents: ['i1', 'i2'] } });
    const led = { ...accepted, lead: 'sheriff' };
    expect(act(led, renew(20), speak('sheriff'))).toMatchObject({ ok: true });
    expect(act(led, renew(20, ['i2']), speak('sheriff'))).toMatchObject({ ok: false, why: 'forbidden' });
  });

  test('seats a person in one role, for one agency, over its own incidents, while it is in force', () => {
    const sits = (agency: string, sub: string, incidentId = 'i1', now = START) =>
      sittingOf(scopesOf(accepted, now), { agency, sub }, incidentId)?.role;
    expect(sits('sheriff', 'bob')).toBe('chief');
    expect([
      sits('police', 'bob'),
      sits('sheriff', 'ann'),
      sits('sheriff', 'bob', 'i2'),
      sits('sheriff', 'bob', 'i1', START + 12 * HOURS),
    ]).toEqual(Array(4).fill(undefined));
  });

  test('is nobody else’s to speak in', () => {
    for (const agency of AGENCIES.filter((one) => one === 'port'))
      expect(act(accepted, { do: 'accept', command: [] }, speak(agency))).toMatchObject({ ok: false, why: 'forbidden' });
  });
});
