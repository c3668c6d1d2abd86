import { expect, test } from 'vitest';
import type { Frame } from '../../shared/contracts/channel.ts';
import type { EventLedger } from '../../shared/contracts/ledger.ts';
import { agreed, FLEET, shot, system } from './system.ts';

interface Problem {
  type: string;
  status: number;
  detail: string;
  errors?: { path: string; message: string }[];
}

test('a gunshot is seen on all three channels, each frame with its sequence range and no gap', async () => {
  const running = await system();
  await running.populate(FLEET);
  const headers = { authorization: `Bearer ${await running.bearer('dispatcher')}` };
  const clients = [];
  for (const channel of ['events', 'workflow-status', 'alerts']) clients.push(await running.connect(channel, { headers }));
  await running.put('gunshot_detection', 'gunshot.detected', shot('shot-1'));
  await running.pass(2000);
  for (const client of clients) {
    const frames = client.messages().map((text) => JSON.parse(text) as Frame);
    expect(frames.length).toBeGreaterThan(0);
    frames.forEach(({ from, to, messages }, index) => {
      expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: to - from + 1 }, (_, n) => from + n));
      if (index > 0) expect(from).toBe((frames[index - 1]?.to ?? 0) + 1);
    });
  }
});

test('a client that comes back resumes from its cursor', async () => {
  const running = await system();
  await running.populate(FLEET);
  await running.put('gunshot_detection', 'gunshot.detected', shot('shot-1'));
  await running.pass(2000);
  const client = await running.connect('workflow-status', {
    headers: { authorization: `Bearer ${await running.bearer('viewer')}` },
  });
  await running.live(client.send(JSON.stringify({ action: 'resume', from: 1 })));
  await running.pass(100);
  const seqs = client.messages().flatMap((text) => ((JSON.parse(text) as Partial<Frame>).messages ?? []).map(({ seq }) => seq));
  expect(seqs.length).toBeGreaterThan(5);
  expect(seqs).toEqual(seqs.map((_, index) => index + 1));
});

test('a ticket opens one socket once', async () => {
  const running = await system();
  const { status, body } = await running.rest<{ ticket: string }>('viewer', 'POST', '/tickets', { channel: 'alerts' });
  expect(status).toBe(201);
  await running.connect('alerts', { query: { ticket: body.ticket } });
  await expect(running.connect('alerts', { query: { ticket: body.ticket } })).rejects.toThrow(/40[13]/);
});

test('no token is 401 and a role that may not is 403, both as problems', async () => {
  const running = await system();
  const bare = await running.live(running.machine.gateway.request({ method: 'GET', path: '/api/orchestration/status' }));
  expect(bare.status).toBe(401);
  expect(JSON.parse(String(bare.body))).toMatchObject({ status: 401, type: expect.stringContaining('urn:swoe:problem:') });
  const forbidden = await running.rest<Problem>('viewer', 'POST', '/workflow/execute', {
    workflow: 'gunfire-response',
    reason: 'because',
    location: { lat: 1, lon: 1 },
  });
  expect(forbidden).toMatchObject({ status: 403, body: { status: 403 } });
  await expect(running.connect('events', {})).rejects.toThrow(/40[13]/);
  await expect(running.connect('events', { headers: { authorization: 'Bearer nonsense' } })).rejects.toThrow(/40[13]/);
});

test.each([
  ['bad JSON', '{"specversion":', 400, 'the body is not JSON'],
  ['no id', { ...shot('x'), id: undefined, source: 'gunshot_detection' }, 400, 'missing required properties (["id"])'],
  ['an unknown source', { ...shot('x'), source: 'who_knows' }, 400, 'instance value ("who_knows") not found in enum'],
  [
    'coordinates outside the earth',
    { ...shot('x', { location: { lat: 91, lon: 0 } }), source: 'gunshot_detection' },
    400,
    '(maximum: 90, found: 91)',
  ],
  ['a time in year 9999', { ...shot('x'), source: 'gunshot_detection', time: '9999-12-31T23:59:59Z' }, 400, 'time: '],
  ['a body over 128 KB', { ...shot('x', { blob: 'x'.repeat(140_000) }), source: 'gunshot_detection' }, 413, undefined],
])('REST refuses %s with a problem that says what is wrong', async (_, body, status, wrong) => {
  const running = await system();
  const answer = await running.rest<Problem>('dispatcher', 'POST', '/events/ingest', body);
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({ status });
  if (wrong) expect(answer.body.errors?.map(({ path, message }) => `${path}: ${message}`).join()).toContain(wrong);
  expect((await running.status()).accepted).toBe(0);
});

test('on the bus, what cannot be taken in becomes a dead letter with its reason, and the ledger closes', async () => {
  const running = await system();
  await running.put('who_knows', 'gunshot.detected', shot('a'));
  await running.put('gunshot_detection', 'gunshot.detected', { hello: 'world' });
  await running.put('gunshot_detection', 'gunshot.detected', shot('b', {}, { time: '9999-01-01T00:00:00Z' }));
  await running.put('gunshot_detection', 'gunshot.detected', shot('c'));
  await running.put('gunshot_detection', 'gunshot.detected', shot('c'));
  await running.pass(2000);
  // Five of ours, and the report that officers file of the one shot.
  expect(await running.status()).toMatchObject({ accepted: 6, fused: 2, deadLettered: 3, dropped: { duplicate: 1 } });
  const { body } = await running.rest<{ items: { reason: string }[] }>('dispatcher', 'GET', '/events/dead-letters');
  expect(body.items.map(({ reason }) => reason)).toEqual(
    expect.arrayContaining([expect.stringContaining('source'), expect.stringContaining('specversion'), expect.stringContaining('time')]),
  );
});

test('nobody outside may speak as SWOE', async () => {
  const running = await system();
  const answer = await running.put('swoe', 'event.normalized', shot('forged'));
  expect(answer).toMatchObject({ FailedEntryCount: 1 });
  await running.pass(2000);
  expect((await running.status()).accepted).toBe(0);
});

test('a person starts a workflow over REST; a claimed warrant sends no drone', async () => {
  const running = await system();
  await running.populate(FLEET);
  const request = {
    workflow: 'gunfire-response',
    reason: 'heard it on patrol',
    location: { lat: 26.7753, lon: -80.0581 },
    inputs: { warrant: 'W-123' },
  };
  const { status, body } = await running.rest<{ executionId: string }>('dispatcher', 'POST', '/workflow/execute', request);
  expect(status).toBe(202);
  await running.pass(2000);
  expect(running.asked.map(({ action }) => action)).toContain('OFFICER_ALERT');
  expect(running.asked.map(({ action }) => action)).not.toContain('DRONE_DISPATCH');
  const shown = await running.rest<{ missing: { step: string; cause: string }[] }>('viewer', 'GET', `/executions/${body.executionId}`);
  expect(shown.body.missing).toEqual(expect.arrayContaining([expect.objectContaining({ step: 'sendDrone', error: 'SWOE.Refused' })]));
});

test('a dead letter is mended by a supervisor, a second one agrees, it goes on the bus under its own source, and the ledger closes', async () => {
  const running = await system();
  const { specversion: _, ...broken } = shot('mended');
  await running.put('gunshot_detection', 'gunshot.detected', broken);
  await running.pass(2000);
  const list = () => running.rest<{ items: { busId: string; state: string; path: string }[] }>('viewer', 'GET', '/events/dead-letters');
  const [letter] = (await list()).body.items;
  expect(letter).toMatchObject({ state: 'open', path: 'specversion' });
  const path = `/events/dead-letters/${letter?.busId}/redrive`;
  const mend = { reason: 'the sensor forgot its specversion', body: shot('mended') };
  expect((await running.rest('dispatcher', 'POST', path, mend)).status).toBe(403);
  expect((await agreed(running, path, mend)).ask.outcome?.status).toBe(202);
  await running.pass(2000);
  expect((await list()).body.items).toMatchObject([{ state: 'redriven', end: { by: 'local-supervisor', reason: mend.reason } }]);
  expect(await running.status()).toMatchObject({ deadLettered: 1, started: 1 });
  const told = (await running.journal()).filter(({ kind }) => kind === 'event.redriven');
  expect(told).toMatchObject([{ data: { busId: letter?.busId, reason: mend.reason } }]);
});

test('the ledger by source and hour adds up to the status, and closes when nothing is under way', async () => {
  const running = await system();
  await running.populate(FLEET);
  await running.put('gunshot_detection', 'gunshot.detected', shot('counted'));
  await running.put('gunshot_detection', 'gunshot.detected', shot('counted'));
  await running.put('who_knows', 'gunshot.detected', shot('a'));
  await running.pass(3000);
  const { body } = await running.rest<EventLedger>('viewer', 'GET', '/events/ledger?from=2026-11-22T00:00:00Z');
  const { accepted, fused, dropped, deadLettered, matched, started, joined, refused, queued } = await running.status();
  expect(body.total).toMatchObject({ accepted, fused, dropped, deadLettered, matched, started, joined, refused, queued });
  expect(body.total).toMatchObject({ inFlight: 0, closes: true });
  expect(body.sources).toContainEqual(
    expect.objectContaining({ source: 'gunshot_detection', accepted: 2, fused: 1, dropped: { duplicate: 1 }, matched: 1, started: 1 }),
  );
});
