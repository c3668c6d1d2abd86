import { describe, expect, test } from 'vitest';
import { overrideFact } from '../../../functions/api/operations/override-fact.ts';
import { create as createIngest } from '../../../functions/ingest/handler.ts';
import { create as createSettle } from '../../../functions/settle/handler.ts';
import { create as createStep } from '../../../functions/step/handler.ts';
import type { Ask } from '../../../shared/contracts/ask.ts';
import type { FactDetail, FactView } from '../../../shared/contracts/fact.ts';
import type { Fact } from '../../../shared/contracts/policy.ts';
import type { Role } from '../../../shared/contracts/vocabulary.ts';
import { ownBus } from '../../../shared/lambda/bus.ts';
import { delivery, raw } from '../../support/rooms.ts';
import {
  ask,
  councilAuthorisation,
  droneMayFly,
  exigency,
  incident,
  mergeInto,
  onDuty,
  perform,
  stage,
  unit,
} from '../../support/scene.ts';
import { type Api, api } from './ground.ts';

const WARRANT: Fact = {
  subject: 'incident/I1',
  kind: 'warrant',
  value: { scope: 'aerial imaging of 12 Reef Road', number: 'W-7' },
  source: 'investigations',
  eventKey: 'investigations#w-7',
  observedAt: '2026-11-22T16:40:00.000Z',
  recordedAt: '2026-11-22T16:50:00.000Z',
  expiresAt: '2026-12-02T16:50:00.000Z',
};
const CLOSED: Fact = {
  ...WARRANT,
  kind: 'airspace',
  value: { status: 'closed' },
  source: 'drone_ops',
  eventKey: 'drone_ops#closed',
};
const quashed = { action: 'withdraw', until: 'for-good', reason: 'quashed this morning' };

const staged = async (facts: Fact[] = [WARRANT]): Promise<Api> => {
  const ground = api();
  await stage(ground, { incidents: [incident('I1')], facts });
  return ground;
};
const list = async (ground: Api, query: Record<string, string> = { incidentId: 'I1' }, roles: Role[] = ['supervisor']) => {
  const { status, body } = await ground.get('/facts', { query, roles });
  expect(status).toBe(200);
  return body as unknown as { items: FactView[]; next?: string };
};
const one = async (ground: Api, kind = 'warrant'): Promise<FactView> =>
  (await list(ground)).items.find((fact) => fact.kind === kind) ?? expect.fail(`no ${kind}`);
const detail = async (ground: Api, { id }: FactView, roles: Role[] = ['supervisor']) =>
  (await ground.get(`/facts/${id}`, { roles })).body as unknown as FactDetail;
const override = async (ground: Api, body: object = quashed, kind = 'warrant', roles: Role[] = ['supervisor']) =>
  ground.agreed(`/facts/${(await one(ground, kind)).id}/override`, body, { roles });
const kindsOf = async (ground: Api) => (await ground.entries()).map(({ kind }) => kind).filter((kind) => kind.startsWith('fact.'));
const states = async (ground: Api, source: Fact['source'], id: string, time: string, fact: object) => {
  const event = { specversion: '1.0', id, source, type: 'fact.asserted', time, data: { fact } };
  await createIngest(ground.runtime)(delivery(raw(source, event, { 'detail-type': 'fact.asserted' })) as never);
};

describe('GET /facts', () => {
  test('lists facts as they stand, newest first, by kind, subject, incident and standing', async () => {
    const ran = { ...exigency('I1'), expiresAt: '2026-11-22T16:59:00.000Z' };
    const ground = await staged([WARRANT, ran, councilAuthorisation()]);
    const kinds = async (query: Record<string, string>) => (await list(ground, query)).items.map(({ kind }) => kind);
    expect((await kinds({})).sort()).toEqual(['airframe-approval', 'council-authorisation', 'exigency', 'warrant']);
    expect((await kinds({})).at(-1)).toBe('warrant');
    expect(await kinds({ incidentId: 'I1' })).toEqual(['exigency', 'warrant']);
    expect((await kinds({ subject: 'city' })).sort()).toEqual(['airframe-approval', 'council-authorisation']);
    expect(await kinds({ kind: 'warrant' })).toEqual(['warrant']);
    expect(await kinds({ incidentId: 'I1', standing: 'live' })).toEqual(['warrant']);
    expect(await kinds({ standing: 'expired' })).toEqual(['exigency']);
  });

  test.each<[Record<string, string>]>([[{ incidentId: 'I1' }], [{}]])(
    'goes on where a page ended, and shows each once (%j)',
    async (query) => {
      const facts = Array.from({ length: 7 }, (_, n) => ({
        ...WARRANT,
        eventKey: `investigations#w-${n}`,
        recordedAt: `2026-11-22T16:5${n}:00.000Z`,
      }));
      const ground = await staged(facts);
      const seen: string[] = [];
      for (let cursor: string | undefined, pages = 0; pages < 9; pages += 1) {
        const { items, next } = await list(ground, { ...query, kind: 'warrant', limit: '3', ...(cursor ? { cursor } : {}) });
        seen.push(...items.map(({ eventKey }) => eventKey));
        cursor = next;
        if (!cursor) break;
      }
      expect(seen).toEqual(facts.map(({ eventKey }) => eventKey).reverse());
    },
  );

  test('shows what is known of an incident under whichever of its names', async () => {
    const ground = api();
    await stage(ground, { incidents: [incident('I1'), incident('I2')], facts: [WARRANT, { ...WARRANT, subject: 'incident/I2' }] });
    await mergeInto(ground, 'I1', 'I2');
    expect((await list(ground, { incidentId: 'I2' })).items.map(({ subject }) => subject).sort()).toEqual(['incident/I1', 'incident/I2']);
  });

  test('of a kind of which the newest word counts the others are superseded', async () => {
    const [on] = onDuty('ada');
    const off = { ...(on as Fact), value: { status: 'off' }, eventKey: 'dispatch#off', recordedAt: '2026-11-22T16:00:00.000Z' };
    const ground = await staged([on as Fact, off]);
    const { items } = await list(ground, { subject: 'person/ada' });
    expect(items.map(({ value, standing }) => [value['status'], standing])).toEqual([
      ['on', 'live'],
      ['off', 'superseded'],
    ]);
  });

  test('who may not see who somebody is sees that there is a fact, not what it says', async () => {
    const ground = await staged();
    expect((await list(ground, { incidentId: 'I1' }, ['viewer'])).items).toMatchObject([{ kind: 'warrant', value: {} }]);
    expect(JSON.stringify(await detail(ground, await one(ground), ['viewer']))).not.toContain('Reef Road');
    expect(JSON.stringify(await detail(ground, await one(ground)))).toContain('Reef Road');
  });

  test('reading them is written down, with the filter', async () => {
    const ground = await staged();
    const { id } = await one(ground);
    await ground.get(`/facts/${id}`, { roles: ['supervisor'] });
    const read = (await ground.entries()).filter(({ kind }) => kind === 'audit.read');
    expect(read.map(({ actor, via, data }) => [actor, via?.to, data['filter']])).toEqual([
      ['person/ada', 'listFacts', { incidentId: 'I1' }],
      ['person/ada', 'getFact', { id }],
    ]);
  });

  test('there is none of any other id, and a cursor of another list is refused', async () => {
    const ground = await staged();
    for (const id of ['none', 'WyJhIl0', Buffer.from('["incident/I1","warrant","x#1"]').toString('base64url')])
      expect((await ground.get(`/facts/${id}`)).status).toBe(404);
    expect((await ground.get('/facts', { query: { cursor: 'x' } })).status).toBe(400);
  });
});

describe('an override', () => {
  test('is asked for by one, and nothing has happened; on a second’s yes the fact is gone, with both names in the journal', async () => {
    const ground = await staged();
    const { id } = await one(ground);
    const asked = await ground.post(`/facts/${id}/override`, quashed, { roles: ['supervisor'] });
    expect(await kindsOf(ground)).not.toContain('fact.withdrawn');
    expect([asked.status, (await one(ground)).standing]).toEqual([202, 'live']);
    const said = await ground.post(
      `/asks/${(asked.body['ask'] as Ask).id}`,
      { answer: 'yes', reason: 'read the order' },
      { sub: 'bea', roles: ['chief'] },
    );
    expect(said.body['ask']).toMatchObject({ outcome: { status: 201, body: { by: 'ada', confirmedBy: 'bea', confirmedRole: 'chief' } } });
    expect(await one(ground)).toMatchObject({ standing: 'withdrawn', expiresAt: WARRANT.expiresAt });
    const entry = (await ground.entries()).find(({ kind }) => kind === 'fact.withdrawn');
    expect(entry).toMatchObject({
      actor: 'person/ada',
      incidentId: 'I1',
      data: {
        subject: 'incident/I1',
        kind: 'warrant',
        eventKey: 'investigations#w-7',
        by: 'ada',
        confirmedBy: 'bea',
        reason: quashed.reason,
      },
    });
    expect(entry?.data).not.toHaveProperty('words');
  });

  test('is shown with the fact: what its source said, what stands over it, and what may be done', async () => {
    const ground = await staged();
    expect((await detail(ground, await one(ground))).may).toMatchObject({ withdraw: true, replace: {} });
    await override(ground);
    const shown = await detail(ground, await one(ground));
    expect(shown.statements).toEqual([WARRANT]);
    expect(shown.overrides).toMatchObject([{ id: shown.override, action: 'withdraw', state: 'stands', reason: quashed.reason }]);
  });

  test('stands under what its source observed later, visibly, and over what it observed before, whenever that comes', async () => {
    const ground = await staged();
    await override(ground);
    const fact = { kind: 'warrant', subject: 'incident/I1', value: WARRANT.value, expiresAt: WARRANT.expiresAt };
    await ground.settle(new Promise<void>((resolve) => ground.scheduler.after(60_000, resolve)));
    await states(ground, 'investigations', 'late', '2026-11-22T16:59:00.000Z', fact);
    const standings = async () =>
      Object.fromEntries((await list(ground)).items.map(({ eventKey, standing }) => [eventKey.split('#')[1], standing]));
    expect(await standings()).toEqual({ 'w-7': 'withdrawn', late: 'withdrawn' });
    await states(ground, 'investigations', 'anew', '2026-11-22T17:00:30.000Z', fact);
    expect(await standings()).toEqual({ 'w-7': 'withdrawn', late: 'withdrawn', anew: 'live' });
    expect((await detail(ground, await one(ground))).overrides).toMatchObject([
      { state: 'superseded', supersededBy: { eventKey: 'investigations#anew', observedAt: '2026-11-22T17:00:30.000Z' } },
    ]);
  });

  test('that is to last an hour is over after it', async () => {
    const ground = await staged();
    await override(ground, { ...quashed, until: '2026-11-22T18:00:00Z' });
    expect((await one(ground)).standing).toBe('withdrawn');
    await ground.settle(new Promise<void>((resolve) => ground.scheduler.after(3_600_000, resolve)));
    const shown = await detail(ground, await one(ground));
    expect([shown.standing, shown.overrides[0]?.state]).toEqual(['live', 'over']);
  });

  test('replaces a field where that allows nothing more, and the entry says by what', async () => {
    const tier = { ...WARRANT, kind: 'offence-tier', value: { tier: 3, offence: 'robbery' }, source: 'cad_system' as const };
    const ground = await staged([tier]);
    const { status } = await override(
      ground,
      { action: 'replace', value: { tier: 2 }, until: 'for-good', reason: 'no weapon' },
      'offence-tier',
    );
    expect([status, (await one(ground, 'offence-tier')).value]).toEqual([201, { tier: 2, offence: 'robbery' }]);
    expect((await ground.entries()).find(({ kind }) => kind === 'fact.overridden')?.data).toMatchObject({ value: { tier: 2 } });
    const again = await override(
      ground,
      { action: 'replace', value: { tier: 2 }, until: 'for-good', reason: 'no weapon at all' },
      'offence-tier',
    );
    expect([again.status, again.body.errors?.[0]?.path]).toEqual([400, 'value']);
  });

  test.each<[string, object, number]>([
    ['a permission in other words', { action: 'replace', value: { scope: 'everything' }, until: 'for-good', reason: 'wider' }, 409],
    ['nothing in its place', { action: 'replace', until: 'for-good', reason: 'wider' }, 400],
    ['two fields at once', { action: 'replace', value: { a: 1, b: 2 }, until: 'for-good', reason: 'wider' }, 400],
    ['no time', { action: 'withdraw', reason: 'quashed' }, 400],
    ['a time that is over', { ...quashed, until: '2026-11-22T16:00:00Z' }, 400],
    ['no reason', { ...quashed, reason: '' }, 400],
  ])('of a warrant %s troubles no second person', async (_, body, status) => {
    const ground = await staged();
    expect((await override(ground, body)).status).toBe(status);
    expect((await ground.entries()).filter(({ kind }) => kind === 'ask.opened')).toEqual([]);
  });

  test('is not said twice of what is withdrawn; a longer time is', async () => {
    const ground = await staged();
    const hour = { ...quashed, until: '2026-11-22T18:00:00Z' };
    expect((await override(ground, hour)).status).toBe(201);
    expect((await override(ground, { ...hour, reason: 'once more' })).status).toBe(409);
    expect((await override(ground)).status).toBe(201);
    expect((await override(ground, { ...quashed, reason: 'once more' })).status).toBe(409);
    expect((await kindsOf(ground)).filter((kind) => kind === 'fact.withdrawn')).toHaveLength(2);
  });

  test('of a fact that has run out there is none', async () => {
    const ground = await staged([{ ...WARRANT, expiresAt: '2026-11-22T16:59:00.000Z' }]);
    expect((await override(ground)).status).toBe(409);
  });

  test('which lifts a closure takes the remote pilot, and a second who is none is told so', async () => {
    const ground = await staged([CLOSED]);
    const lift = { action: 'withdraw', until: '2026-11-22T20:00:00Z', reason: 'the tower says it is over' };
    expect((await override(ground, lift, 'airspace')).status).toBe(403);
    expect((await override(ground, lift, 'airspace', ['watch_commander'])).status).toBe(403);
    expect((await one(ground, 'airspace')).standing).toBe('live');
    const { id } = (await ground.get('/asks', { roles: ['chief'] })).body.items[0] as { id: string };
    const yes = { answer: 'yes', reason: 'heard it as well' };
    expect((await ground.post(`/asks/${id}`, yes, { sub: 'pat', roles: ['remote_pilot'] })).status).toBe(200);
    expect((await one(ground, 'airspace')).standing).toBe('withdrawn');
  });

  test('of a fact that its source changed in the same moment is not done', async () => {
    const ground = await staged();
    const { facts, incidents, executions, journal } = ground.stores;
    const { runtime } = ground;
    const before = await facts.stated([WARRANT.subject]);
    await journal.commit('I1', [], [facts.record({ ...WARRANT, expiresAt: '2026-11-22T19:00:00.000Z' })]);
    const stale = { ...facts, stated: async () => before };
    const perform = overrideFact({ facts: stale, incidents, executions, journal, runtime, clock: runtime.clock, bus: ownBus(runtime) });
    const caller = { sub: 'ada', roles: ['supervisor' as const], agency: 'rbpd', expiresAt: 0, origin: { from: 'x', session: 'y' } };
    const params = { id: (await one(ground)).id };
    const body = { action: 'withdraw' as const, until: 'for-good' as const, reason: 'quashed' };
    const asked = { caller, role: 'supervisor' as const, params, query: undefined, body, raw: body, second: { ...caller, sub: 'bea' } };
    expect(await perform(asked)).toMatchObject({ status: 409, body: { detail: expect.stringContaining('in this moment') } });
    expect([(await one(ground)).standing, await kindsOf(ground)]).toEqual(['live', ['fact.recorded']]);
  });

  test.each(['dispatcher', 'viewer', 'admin', 'auditor', 'kernel_operator'] as const)('is nothing for a %s', async (role) => {
    const ground = await staged();
    expect((await ground.post(`/facts/${(await one(ground)).id}/override`, quashed, { roles: [role] })).status).toBe(403);
  });

  test('that did not reach everybody is told again by the same yes, and is one', async () => {
    const ground = await staged([exigency('I1')]);
    ground.faults.push({ service: 'events', operation: 'PutEvents', error: 'InternalException' });
    const body = { ...quashed, reason: 'it was a car' };
    const { id } = await one(ground, 'exigency');
    const asked = await ground.post(`/facts/${id}/override`, body, { roles: ['supervisor'] });
    const yes = () =>
      ground.post(`/asks/${(asked.body['ask'] as Ask).id}`, { answer: 'yes', reason: 'saw it' }, { sub: 'bea', roles: ['supervisor'] });
    expect((await yes()).status).toBeGreaterThanOrEqual(500);
    await ground.settle(new Promise<void>((resolve) => ground.scheduler.after(61_000, resolve)));
    expect((await yes()).body['ask']).toMatchObject({ outcome: { status: 201 } });
    expect((await kindsOf(ground)).filter((kind) => kind === 'fact.withdrawn')).toHaveLength(1);
    expect(ground.told).toMatchObject([{ type: 'workflow.updated', detail: { executionId: 'gunfire-response-I1' } }]);
  });
});

describe('what was allowed by a fact', () => {
  const flight = async () => {
    const ground = api();
    const fleet = [unit('d1', 'DRONE', 300)];
    await stage(ground, { incidents: [incident('I1')], fleet, facts: [exigency('I1'), ...droneMayFly(), ...onDuty('wc-1')] });
    const fly = (more: object = {}) => createStep(ground.runtime)(perform('I1', 'sendDrone', more));
    const decided = async () => (await ground.entries()).filter(({ kind }) => kind === 'guardrail.decided').map(({ data }) => data);
    return { ground, fly, decided };
  };
  const error = { action: 'withdraw', until: 'for-good', reason: 'a car backfired' };

  test('is refused with the clause from the moment the fact is withdrawn', async () => {
    const { ground, fly, decided } = await flight();
    await fly();
    expect(ground.told.map(({ type }) => type)).toContain('action.requested');
    await override(ground, error, 'exigency');
    await fly({ attempt: 1, token: 'again' });
    expect((await decided()).map(({ verdict }) => verdict)).toEqual(['permit', 'refuse']);
    expect((await decided())[1]?.['clauses']).toContainEqual(
      expect.objectContaining({ id: 'fourth-amendment-drone-surveillance', severity: 'BLOCKING' }),
    );
  });

  test('by an AI source’s verdict alone is asked for anew once that is withdrawn', async () => {
    const { ground } = await flight();
    const verdict: Fact = {
      ...WARRANT,
      subject: 'workflow/gunfire-response',
      kind: 'moral-verdict',
      value: { score: 90, objects: false },
      source: 'moral_compass',
      eventKey: 'moral_compass#v',
    };
    await stage(ground, { executions: [], facts: [verdict] });
    const { items } = await list(ground, { subject: 'workflow/gunfire-response' });
    const body = { action: 'withdraw', until: '2026-11-22T20:00:00Z', reason: 'it judged another version' };
    const { status } = await ground.agreed(`/facts/${items[0]?.id}/override`, body, { roles: ['chief'] });
    expect(status).toBe(201);
    const about = await ground.stores.facts.about(['workflow/gunfire-response']);
    expect(about.filter(({ expiresAt }) => Date.parse(expiresAt) > ground.now() + 1)).toEqual([]);
  });

  test('voids what was said to a question that showed it, and the question is put again', async () => {
    const { ground } = await flight();
    const releases = [{ step: 'sendDrone', action: 'DRONE_DISPATCH' as const, with: { purpose: 'scene-overview' } }];
    await createStep(ground.runtime)(ask('I1', 'flyDrone', { releases }));
    const [before] = await ground.stores.executions.openApprovals();
    expect(before?.facts).toMatchObject({ facts: [{ kind: 'exigency' }] });
    await override(ground, error, 'exigency');
    const [updated] = ground.told.filter(({ type }) => type === 'workflow.updated');
    await createSettle(ground.runtime)(delivery(raw('swoe', updated?.detail, { 'detail-type': 'workflow.updated' })));
    const [after] = await ground.stores.executions.openApprovals();
    expect([after?.facts['facts'], after?.factsHash === before?.factsHash]).toEqual([[], false]);
    expect((await ground.entries()).map(({ kind }) => kind)).toContain('approval.voided');
  });
});
