import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadStage } from '../../infra/config.ts';
import { synthesise } from '../../infra/synth.ts';
import { BASE_PATH } from '../../shared/contracts/endpoints.ts';
import type { Outgoing } from '../../shared/contracts/sharing.ts';
import { topics } from '../../shared/contracts/topic.ts';
import { beyond } from '../grants/beyond.ts';
import { nameOf } from '../grants/removal.ts';
import { neighbours } from '../support/agreement.ts';
import { type System, shot, systemOn } from '../support/system.ts';
import { told } from './live.ts';

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
