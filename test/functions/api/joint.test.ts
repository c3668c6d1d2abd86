import { beforeEach, describe, expect, test } from 'vitest';
import { create as createConnect } from '../../../functions/connect/handler.ts';
import { create as createPublish } from '../../../functions/publish/handler.ts';
import { create as createSettle } from '../../../functions/settle/handler.ts';
import { endJoint } from '../../../functions/sweep/joint.ts';
import type { JournalEntry } from '../../../shared/contracts/journal.ts';
import { agreement } from '../../support/agreement.ts';
import { delivery, raw } from '../../support/rooms.ts';
import { incident, mergeInto, onDuty, PLACE, stage, unit } from '../../support/scene.ts';
import { streamed } from '../publish/ground.ts';
import { type Api, api, withExecution } from './ground.ts';

const ENV = {
  AGENCIES: 'rbpd,fire',
  PARTNERS: JSON.stringify([
    { id: 'sheriff', agreement: agreement() },
    { id: 'port', agreement: agreement({}, { id: 'MOU-2' }) },
  ]),
};
const UNTIL = '2026-11-23T17:00:00.000Z';

const chief = { sub: 'chief', agency: 'rbpd', roles: ['chief' as const] };
const sheriff = { sub: 'sal', agency: 'sheriff', roles: ['watch_commander' as const] };
const port = { sub: 'pam', agency: 'port', roles: ['watch_commander' as const] };

const DECLARATION = {
  name: 'Marina shooting',
  reason: 'a boat got away',
  agencies: ['sheriff', 'port'],
  incidents: ['i1'],
  objectives: ['find the boat'],
  until: UNTIL,
};

let ground: Api;
let id: string;
const path = (end = ''): string => `/joint-operations/${id}${end}`;
const say = (end: string, body: object, by: object) => ground.post(path(end), { reason: 'because', ...body }, by);
const declare = (more: object = {}, by: object = chief) => ground.post('/joint-operations', { ...DECLARATION, ...more }, by);

beforeEach(async () => {
  ground = api({}, ENV);
  await stage(ground, {
    executions: [],
    incidents: [incident('i1', { agency: 'rbpd' }), incident('i2', { agency: 'rbpd' })],
    fleet: [unit('boat-1', 'BOAT', 900, { agency: 'rbpd' })],
    facts: onDuty('sal', 'pam'),
  });
  const made = await declare();
  expect(made.status).toBe(201);
  id = String(made.body['id']);
});

const accepted = () => say('/accept', { command: [{ person: 'sal', role: 'watch_commander', position: 'incident_commander' }] }, sheriff);
const lend = (callSign: string, northM: number, by: object = sheriff) =>
  say('/resources', { commit: [{ id: callSign, type: 'BOAT', location: { ...PLACE, lat: PLACE.lat + northM / 111_195 } }] }, by);
const allocated = async (incidentId: string, count = 1) =>
  (await ground.post('/resources/allocate', { incidentId, needs: { BOAT: count }, location: PLACE, reason: 'a search' })).body as {
    units?: { id: string }[];
    why?: { because: string }[];
    short?: object;
  };
const kinds = async (): Promise<string[]> =>
  (await ground.entries())
    .filter(({ kind }) => kind.startsWith('joint.'))
    .sort((a, b) => a.seq - b.seq)
    .map(({ kind }) => kind);

describe('a declaration', () => {
  test('is in force once another agency has accepted, and says so in the journal', async () => {
    expect((await ground.get(path(), chief)).body['state']).toBe('DECLARED');
    expect((await accepted()).body).toMatchObject({ state: 'IN_FORCE', lead: 'rbpd', command: [{ agency: 'sheriff', person: 'sal' }] });
    expect(await kinds()).toEqual(['joint.declared', 'joint.accepted']);
  });

  test.each<[string, object, string]>([
    ['of an incident that there is not', { incidents: ['nowhere'] }, 'incidents.0'],
    ['with an agency that nothing was agreed with', { agencies: ['coast-guard'] }, 'agencies.0'],
    ['with oneself', { agencies: ['rbpd'] }, 'agencies.0'],
    ['of more than 72 hours', { until: '2026-11-25T17:00:00.001Z' }, 'until'],
    ['that is over', { until: '2026-11-22T16:00:00.000Z' }, 'until'],
  ])('%s is refused by its field', async (_, more, field) => {
    const { status, body } = await declare(more);
    expect([status, body.errors?.map((one) => one.path)]).toEqual([400, [field]]);
  });

  test('is an agency’s of ours to make, by whoever speaks for it, and not theirs to accept who made it', async () => {
    expect((await declare({}, sheriff)).status).toBe(403);
    expect((await declare({}, { ...chief, roles: ['dispatcher'] })).status).toBe(403);
    expect((await say('/accept', {}, { ...sheriff, sub: 'chief' })).status).toBe(403);
    expect((await say('/accept', {}, { ...sheriff, roles: ['dispatcher'] })).status).toBe(403);
  });

  test('is nothing to agencies that are not asked, nor to one that has left', async () => {
    await accepted();
    const other = { ...sheriff, agency: 'coast-guard' };
    expect((await ground.get(path(), other)).status).toBe(403);
    const { body } = await declare({ agencies: ['port'] });
    expect((await ground.get(`/joint-operations/${body['id']}`, sheriff)).status).toBe(404);
    expect((await ground.get('/joint-operations', sheriff)).body.items.map((one) => one['id'])).toEqual([id]);
    await say('/accept', {}, port);
    expect((await say('/decline', {}, sheriff)).body['state']).toBe('IN_FORCE');
    expect((await ground.get(path(), sheriff)).status).toBe(404);
    expect((await ground.get('/joint-operations', sheriff)).body.items).toEqual([]);
  });
});

describe('units', () => {
  test('of another agency are sent to the operation’s incidents, nearest first, with their owner named, and to no other', async () => {
    await accepted();
    expect((await lend('marine-3', 200)).body['units']).toMatchObject([{ id: 'sheriff.marine-3', agency: 'sheriff' }]);
    expect((await allocated('i2')).units).toMatchObject([{ id: 'boat-1' }]);
    const { units, why } = await allocated('i1');
    expect(units).toMatchObject([{ id: 'sheriff.marine-3' }]);
    expect(why?.[0]?.because).toContain('lent by sheriff');
    expect((await ground.stores.resources.get('sheriff.marine-3'))?.agency).toBe('sheriff');
  });

  test('go by whatever their incident has become', async () => {
    await accepted();
    await lend('marine-3', 200);
    await mergeInto(ground, 'i2', 'i1');
    expect((await allocated('i2')).units).toMatchObject([{ id: 'sheriff.marine-3' }]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['was withdrawn', () => say('/resources', { withdraw: ['sheriff.marine-3'] }, sheriff)],
    ['left with its agency', () => say('/decline', {}, sheriff)],
    ['belongs to an operation that ended', () => say('/end', {}, chief)],
    ['belongs to one whose time is over', () => ground.scheduler.run(Date.parse(UNTIL)) as Promise<unknown>],
  ])('one that %s is not given anew, and a lease that runs is its holder’s', async (_, change) => {
    await accepted();
    await lend('marine-3', 200);
    await lend('marine-4', 300);
    expect((await allocated('i1')).units).toMatchObject([{ id: 'sheriff.marine-3' }]);
    await change();
    expect((await ground.stores.resources.get('sheriff.marine-3'))?.status).toBe('HELD');
    await ground.post('/resources/sheriff.marine-3/release', { fence: 1, reason: 'back home' });
    const ids = (await allocated('i1')).units?.map((one) => one.id) ?? [];
    expect(ids).not.toContain('sheriff.marine-3');
    if (_ === 'was withdrawn') expect(ids).toEqual(['sheriff.marine-4']);
  });

  test('are neither promised nor shown as free to anybody else', async () => {
    await accepted();
    await lend('marine-3', 200);
    const query = { type: 'BOAT', lat: String(PLACE.lat), lon: String(PLACE.lon) };
    const free = (await ground.get('/resources/available', { query })).body.items.map((one) => one['id']);
    expect(free).toEqual(['boat-1']);
    const booking = { units: ['sheriff.marine-3'], from: '2026-11-23T10:00:00.000Z', to: '2026-11-23T12:00:00.000Z' };
    expect((await ground.post('/resources/reservations', { ...booking, incidentId: 'i1', reason: 'a parade' })).status).toBe(409);
  });

  test('are committed by their own agency, once it has accepted, to one operation at a time', async () => {
    expect((await lend('marine-3', 200)).status).toBe(409);
    await accepted();
    await lend('marine-3', 200);
    expect((await say('/resources', { withdraw: ['sheriff.marine-3'] }, chief)).status).toBe(409);
    expect((await say('/resources', { commit: [{ id: 'marine-9' }] }, sheriff)).body.errors).toMatchObject([{ path: 'commit.0.type' }]);
    const other = String((await declare()).body['id']);
    await ground.post(`/joint-operations/${other}/accept`, { reason: 'because' }, sheriff);
    const twice = { commit: [{ id: 'marine-3' }], reason: 'because' };
    expect((await ground.post(`/joint-operations/${other}/resources`, twice, sheriff)).status).toBe(409);
  });

  test('are registered in the transaction that commits them', async () => {
    await accepted();
    await lend('marine-3', 200);
    const entries = (await ground.entries()).filter(({ kind }) => ['joint.committed', 'resource.registered'].includes(kind));
    const [first, second] = entries.filter(({ data }) => data['resourceId'] === 'sheriff.marine-3' || data['operationId'] === id);
    expect([first?.kind, second?.kind, first?.stream, first?.at]).toEqual([
      'resource.registered',
      'joint.committed',
      second?.stream,
      second?.at,
    ]);
  });
});

describe('the unified command', () => {
  const question = { ask: 'watch_commander' as const };
  const answer = async (by: object, approvalId: string, factsHash: string) =>
    ground.post(`/approvals/${encodeURIComponent(approvalId)}`, { answer: 'approve', reason: 'seen it', factsHash }, by);
  const settle = async () => {
    const room = createSettle({ ...ground.runtime, env: { ...ground.runtime.env, ...ENV } });
    const said = ground.told.filter(({ type }) => type === 'approval.answered');
    await room(delivery(...said.map(({ source, detail }) => raw(source, detail, { 'detail-type': 'approval.answered' }))));
  };
  const asked = async () => {
    const { approval } = await withExecution(ground, 'gunfire-response-i1', 'i1', {
      question: { ...question, id: 'gunfire-response-i1~warnPublic' },
    });
    await accepted();
    const { body } = await ground.get('/approvals', chief);
    return { approvalId: approval.id, factsHash: String(body.items[0]?.['factsHash']) };
  };

  test('answers what is asked of a run of the operation, in the role of the seat, and the journal names its agency', async () => {
    const { approvalId, factsHash } = await asked();
    expect((await answer(sheriff, approvalId, factsHash)).status).toBe(202);
    await settle();
    const [entry] = (await ground.entries()).filter(({ kind }) => kind === 'approval.answered');
    expect(entry).toMatchObject({ actor: 'person/sal', data: { answer: 'approve', operationId: id, agency: 'sheriff' } });
  });

  test('is whoever has a seat, in that role, on duty, and did not ask for the run', async () => {
    const { approvalId, factsHash } = await asked();
    expect((await answer({ ...sheriff, sub: 'sid' }, approvalId, factsHash)).status).toBe(404);
    expect((await answer({ ...sheriff, roles: ['chief'] }, approvalId, factsHash)).status).toBe(403);
    expect((await answer(port, approvalId, factsHash)).status).toBe(403);
    await say('/command', { do: 'relieve', person: 'sal' }, sheriff);
    expect((await answer(sheriff, approvalId, factsHash)).status).toBe(404);
    await say('/command', { do: 'name', seat: { person: 'sid', role: 'watch_commander', position: 'incident_commander' } }, sheriff);
    const off = await answer({ ...sheriff, sub: 'sid' }, approvalId, factsHash);
    expect([off.status, off.body['detail']]).toEqual([403, expect.stringContaining('chain-of-command')]);
  });

  test('has no word that counts once the seat is gone on the way', async () => {
    const { approvalId, factsHash } = await asked();
    await answer(sheriff, approvalId, factsHash);
    await say('/command', { do: 'relieve', person: 'sal' }, sheriff);
    await settle();
    expect((await ground.entries()).filter(({ kind }) => kind === 'approval.answered')).toEqual([]);
  });

  test('hands the lead over to whoever takes it, who ends the operation then', async () => {
    await accepted();
    expect((await say('/end', {}, sheriff)).status).toBe(403);
    expect((await say('/command', { do: 'take-lead' }, sheriff)).status).toBe(409);
    await say('/command', { do: 'offer-lead', to: 'sheriff' }, chief);
    expect((await say('/command', { do: 'take-lead' }, sheriff)).body['lead']).toBe('sheriff');
    expect((await say('/renew', { until: UNTIL, incidents: ['i2'] }, sheriff)).status).toBe(403);
    expect((await say('/end', {}, sheriff)).body).toMatchObject({ state: 'ENDED', ended: { by: 'sal' } });
    expect((await say('/accept', {}, port)).status).toBe(409);
  });
});

describe('what people of a participating agency see', () => {
  const picture = (by: object) => ground.get(path('/picture'), by);

  test('is the operation’s incidents with their events, runs, units and questions, and nothing of any other', async () => {
    await withExecution(ground);
    await withExecution(ground, 'gunfire-response-i2', 'i2');
    await accepted();
    await lend('marine-3', 200);
    const { status, body } = await picture(sheriff);
    expect([status, body['incidents']]).toMatchObject([
      200,
      [{ id: 'i1', runs: [{ id: 'gunfire-response-i1', steps: [{ step: 'sendDrone' }] }] }],
    ]);
    expect(body).toMatchObject({
      units: [{ id: 'sheriff.marine-3' }],
      questions: [{ executionId: 'gunfire-response-i1', ask: 'supervisor' }],
    });
    expect(JSON.stringify(body)).not.toMatch(/i2|token/);
    for (const closed of ['/executions', '/events/fused', '/approvals', '/resources', '/executions/gunfire-response-i1'])
      expect([closed, (await ground.get(closed, sheriff)).status]).toEqual([closed, 403]);
  });

  test('is closed before they accept, and at once when they leave or the operation ends', async () => {
    expect((await picture(sheriff)).status).toBe(403);
    await accepted();
    expect((await picture(sheriff)).status).toBe(200);
    expect((await picture(port)).status).toBe(403);
    await say('/accept', {}, port);
    await say('/decline', {}, sheriff);
    expect([(await picture(sheriff)).status, (await picture(port)).status]).toEqual([403, 200]);
    await say('/end', {}, chief);
    expect((await picture(port)).status).toBe(403);
  });

  test('is recorded for each agency and incident: where it is opened, and where somebody looks', async () => {
    const records = async (): Promise<JournalEntry[]> => (await ground.entries()).filter(({ kind }) => kind === 'dissemination.recorded');
    await accepted();
    expect(await records()).toMatchObject([
      {
        incidentId: 'i1',
        data: { recipient: 'sheriff', agreement: 'MOU-2026-014', operationId: id, fields: expect.arrayContaining(['incident']) },
      },
    ]);
    await say('/renew', { until: UNTIL, incidents: ['i2'] }, chief);
    expect((await records()).map(({ incidentId }) => incidentId).sort()).toEqual(['i1', 'i2']);
    await picture(chief);
    expect(await records()).toHaveLength(2);
    await picture(sheriff);
    expect((await records()).filter(({ data }) => String(data['fields']) === 'picture')).toHaveLength(2);
  });

  test('comes on every live channel, of covered incidents alone, while they take part, and in a snapshot as in a push', async () => {
    const env = { ...ground.runtime.env, ...ENV };
    const publish = createPublish({ ...ground.runtime, env });
    const connect = createConnect({ ...ground.runtime, env });
    const context = { sub: 'sal', roles: 'watch_commander', agency: 'sheriff', exp: String(ground.now() / 1000 + 6000) };
    const open = (stage: string) =>
      connect({ requestContext: { routeKey: '$connect', stage, connectionId: `c-${stage}`, authorizer: context } });
    expect((await open('workflow-status')).statusCode).toBe(403);
    await accepted();
    expect((await open('workflow-status')).statusCode).toBe(200);
    expect((await open('events')).statusCode).toBe(200);
    await withExecution(ground);
    await withExecution(ground, 'gunfire-response-i2', 'i2');
    await publish(streamed(...(await ground.entries())));
    const told = (channel: string) =>
      ground.sent
        .filter((one) => one.channel === channel)
        .flatMap(({ word }) => (word.messages ?? []).map(({ kind, incidentId }) => [kind, incidentId]));
    expect(told('workflow-status')).toEqual([['workflow.started', 'i1']]);
    expect(told('events').map(([kind]) => kind)).toEqual(['joint.declared', 'joint.accepted']);
    ground.sent.length = 0;
    await connect({
      requestContext: { routeKey: '$default', stage: 'workflow-status', connectionId: 'c-workflow-status' },
      body: '{"action":"snapshot"}',
    });
    const stands = ground.sent.flatMap(({ word }) => (word as unknown as { snapshot?: { executionId: string }[] }).snapshot ?? []);
    expect(new Set(stands.map(({ executionId }) => executionId))).toEqual(new Set(['gunfire-response-i1']));
    await say('/end', {}, chief);
    const after = await connect({
      requestContext: { routeKey: '$default', stage: 'workflow-status', connectionId: 'c-workflow-status' },
      body: '{"action":"ping"}',
    });
    expect(after.statusCode).toBe(403);
  });
});

test('what is over by its time is written down by the sweep, once', async () => {
  await accepted();
  const { joint, journal } = ground.stores;
  const sweep = endJoint({ joint, journal, clock: ground.runtime.clock });
  await sweep('system/sweep');
  await ground.scheduler.run(Date.parse(UNTIL));
  expect((await ground.get(path(), chief)).body['state']).toBe('DECLARED');
  await Promise.all([sweep('system/sweep'), sweep('system/sweep')]);
  expect((await ground.get(path(), chief)).body).toMatchObject({ state: 'ENDED', ended: { by: 'system/sweep' } });
  expect((await kinds()).filter((kind) => kind === 'joint.ended')).toHaveLength(1);
});
