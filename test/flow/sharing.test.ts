import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadStage } from '../../infra/config.ts';
import { synthesise } from '../../infra/synth.ts';
import { effectOf } from '../../shared/contracts/endpoint.ts';
import { BASE_PATH } from '../../shared/contracts/endpoints.ts';
import type { Outgoing } from '../../shared/contracts/sharing.ts';
import { topics } from '../../shared/contracts/topic.ts';
import { Channel, type Role } from '../../shared/contracts/vocabulary.ts';
import { beyond } from '../grants/beyond.ts';
import { nameOf } from '../grants/removal.ts';
import { neighbours } from '../support/agreement.ts';
import { MARINA, type System, shot, systemOn } from '../support/system.ts';
import { jointly, type Operation } from './joint.ts';
import { told } from './live.ts';
import { all, call, connects, followers, matrix, word } from './matrix.ts';

const outdir = mkdtempSync(join(tmpdir(), 'swoe-sharing-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));
beforeAll(() => synthesise({ outdir, config: { ...loadStage('dev'), agencies: neighbours } }));

/** What lies in the queue behind the bus that stands in for the sheriff's. */
const heard = async ({ machine }: System): Promise<Outgoing[]> => {
  const QueueUrl = 'http://127.0.0.1:4566/000000000000/swoe-dev-agency-sheriff';
  const { Messages } = (await machine.call(machine.localUser, 'sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 })) as {
    Messages?: { Body: string }[];
  };
  return (Messages ?? []).map(({ Body }) => (JSON.parse(Body) as { detail: Outgoing }).detail);
};

test('an agreement in the stage’s file leads an event, and then its correction, to the partner’s bus, and the record shows both; no grant lies idle', async () => {
  const running = await systemOn(outdir);
  const authorization = `Bearer ${await running.machine.identity.token('dispatcher', { agency: 'sheriff' })}`;
  const partner = await running.connect('events', { headers: { authorization } });
  await running.put('gunshot_detection', 'gunshot.detected', shot('shot-1', { summary: 'Near the school' }));
  await running.pass(2_000);
  await running.put('dispatch', 'event.retracted', {
    ...shot('c-1'),
    type: 'event.retracted',
    data: { retracts: { source: 'gunshot_detection', id: 'shot-1' } },
  });
  await running.pass(2_000);
  const words = (await heard(running)).sort((a, b) => a.data.sharing.word.localeCompare(b.data.sharing.word));
  expect(words).toMatchObject([
    { type: 'gunshot.detected', data: { agency: 'riviera-beach-pd', category: 'SENSOR', sharing: { recipient: 'sheriff', word: 'told' } } },
    { type: 'event.retracted', data: { retracts: { id: words[0]?.id }, sharing: { word: 'withdrawn' } } },
  ]);
  expect(JSON.stringify(words)).not.toContain('school');
  const { body } = await running.rest<{ items: object[] }>('auditor', 'GET', '/sharing?recipient=sheriff');
  expect(body.items).toMatchObject([
    { recipient: 'sheriff', word: 'withdrawn', agreement: 'MOU-2026-014', purpose: 'mutual aid on shots fired' },
    { recipient: 'sheriff', word: 'told', eventKey: 'gunshot_detection#shot-1', fields: expect.arrayContaining(['location']) },
  ]);
  const theirs = async (path: string) =>
    running.live(running.machine.gateway.request({ method: 'GET', path: `${BASE_PATH}${path}`, headers: { authorization } }));
  expect(JSON.parse(String((await theirs('/sharing/events')).body))).toMatchObject({
    items: [{ id: words[0]?.id, withdrawn: true, data: {} }],
  });
  expect((await theirs('/events/history')).status).toBe(403);
  const live = told('events', partner.messages());
  expect(live.map(({ topic }) => topic)).toEqual(['sharing', 'sharing']);
  const { data } = topics.events.find(({ topic }) => topic === 'sharing') ?? {};
  for (const message of live) expect(data?.safeParse(message.data).error, JSON.stringify(message)).toBeUndefined();
  await expect(running.connect('alerts', { headers: { authorization } })).rejects.toThrow();
  const idle = running.machine.grants().filter((grant) => !grant.used && beyond(grant) === undefined);
  expect(idle.map(nameOf).filter((name) => /swoe-dev-(share|to-)/.test(name))).toEqual([]);
});

test('nobody but the room that records puts anything on the bus that leads out', async () => {
  const running = await systemOn(outdir);
  const Entries = [{ EventBusName: 'swoe-dev-sharing', Source: 'partner_agency', DetailType: 'gunshot.detected', Detail: '{}' }];
  const asked = running.machine.call(running.machine.localUser, 'events', 'PutEvents', { Entries });
  const { Entries: answers } = (await asked.catch((error: Error) => ({ Entries: [{ ErrorCode: error.name }] }))) as {
    Entries: { ErrorCode?: string }[];
  };
  expect(answers[0]?.ErrorCode).toMatch(/NotAuthorized|AccessDenied/);
  expect(await heard(running)).toEqual([]);
});

/** Some that look, act, command and are of nothing here: what holds for every role is proved in test/shared/policy/access.test.ts. */
const ROLES: readonly Role[] = ['viewer', 'watch_commander', 'auditor', 'kernel_operator'];

describe('an operation of ours and a partner’s', () => {
  let at: Awaited<ReturnType<typeof jointly>>;
  beforeAll(async () => {
    at = await jointly(outdir);
  }, 120_000);

  test('is in force when they accept, lends their boat to its incident alone, and shows them that and nothing else', async () => {
    const { running, sheriff, theirs, covered, other, states } = at;
    expect(states).toEqual(['DECLARED', 'IN_FORCE']);
    const socket = await running.connect('events', { headers: sheriff });
    const want = (incidentId: string) =>
      running.rest<{ units?: { id: string }[] }>('dispatcher', 'POST', '/resources/allocate', {
        incidentId,
        needs: { BOAT: 1 },
        location: MARINA,
        reason: 'a search',
      });
    expect((await want(other)).status).toBe(409);
    expect((await want(covered)).body.units).toMatchObject([{ id: 'sheriff.marine-3' }]);
    await running.pass(2000);
    const messages = told('events', socket.messages());
    expect(messages.map(({ topic, incidentId }) => [topic, incidentId])).toEqual([
      ...Array(3).fill(['joint-operation', undefined]),
      ['resource', covered],
    ]);
    const picture = (await theirs<{ incidents: { id: string; runs: { workflow: string }[] }[] }>('GET', '/picture')).body;
    expect(picture.incidents.map(({ id, runs }) => [id, runs.map(({ workflow }) => workflow)])).toEqual([[covered, ['gunfire-response']]]);
    const records = await running.rest<{ items: { incidentId: string }[] }>('auditor', 'GET', '/sharing?recipient=sheriff');
    expect(new Set(records.body.items.map(({ incidentId }) => incidentId))).toContain(covered);
  });

  test('lets the partner’s people into exactly what is declared for them, whatever their role', async () => {
    const { running } = at;
    const { cell, compare } = matrix();
    for (const role of ROLES) {
      const token = await running.machine.identity.token(role, { sub: `${role}-of-sheriff`, agency: 'sheriff', ttl: 7200 });
      for (const endpoint of all) {
        const may = endpoint.roles.includes(role) && (endpoint.shared === true || endpoint.joint === true);
        cell(`${role}: ${endpoint.operation}`, word(await call(running, endpoint, token)), may ? 'let in' : 'forbidden');
      }
      for (const channel of Channel.options)
        cell(`${role}: ${channel}`, String(await connects(running, channel, token)), String(followers.includes(role)));
    }
    expect(all.filter((endpoint) => endpoint.joint && effectOf(endpoint) === 'act').map(({ operation }) => operation)).toEqual([
      'answerApproval',
    ]);
    compare(ROLES.length * 80);
  }, 120_000);

  test('closes to them at once when it ends, live and by REST', async () => {
    const { running, sheriff, path, theirs, covered } = at;
    const socket = await running.connect('workflow-status', { headers: sheriff });
    await running.rest('chief', 'POST', `${path}/end`, { reason: 'found' });
    expect(
      (await running.live(running.machine.gateway.request({ method: 'GET', path: `/api/orchestration${path}/picture`, headers: sheriff })))
        .status,
    ).toBe(403);
    expect((await theirs<Operation>('GET', '')).body.state).toBe('ENDED');
    await running.put('cad_system', 'call.shots-fired', { ...shot('again', {}), type: 'call.shots-fired', source: 'cad' });
    await running.pass(3000);
    expect(told('workflow-status', socket.messages()).filter(({ incidentId }) => incidentId === covered)).toEqual([]);
    expect(socket.ended()).toBeDefined();
    await expect(running.connect('alerts', { headers: sheriff })).rejects.toThrow(/403/);
    const { data } = topics.events.find(({ topic }) => topic === 'joint-operation') ?? {};
    for (const entry of await running.journal('&kind=joint.ended')) expect(data?.safeParse(entry.data).error).toBeUndefined();
  });
});
