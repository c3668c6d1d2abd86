import { describe, expect, test } from 'vitest';
import { create as createIngest } from '../../../functions/ingest/handler.ts';
import type { BusEvent } from '../../../shared/lambda/doors.ts';
import { delivery, gunshot, raw } from '../../support/rooms.ts';
import { type Api, api } from './ground.ts';

const HOUR = 3_600_000;
const why = { reason: 'the sensor was mended' };

const bury = async (ground: Api, ...events: BusEvent[]): Promise<string[]> => {
  await createIngest(ground.runtime)(delivery(...events) as never);
  return events.map(({ id }) => id);
};

/** One letter of a sensor that left out its specversion. */
const buried = async (detail: object = { hello: 'world' }) => {
  const ground = api();
  const [id = ''] = await bury(ground, raw('gunshot_detection', detail, { 'detail-type': 'gunshot.detected' }));
  const commander = { roles: ['supervisor' as const] };
  return {
    ground,
    id,
    redrive: (body: object = why) => ground.agreed(`/events/dead-letters/${id}/redrive`, body, commander),
    discard: (body: object = why) => ground.post(`/events/dead-letters/${id}/discard`, body, commander),
    shown: async () => (await ground.get(`/events/dead-letters/${id}`)).body,
    kinds: async () => (await ground.entries()).map(({ kind }) => kind).filter((kind) => /redriven|discarded/.test(kind)),
  };
};

describe('the list of dead letters', () => {
  const withFour = async () => {
    const ground = api();
    await bury(ground, raw('my_garage', gunshot('a')), raw('cad_system', { nonsense: true }));
    await ground.scheduler.run(ground.now() + 30 * HOUR);
    await bury(ground, raw('cad_system', gunshot('b', {}, { time: 'yesterday' })), raw('lpr_network', { x: 'y'.repeat(5000) }));
    return ground;
  };
  const sources = async (ground: Api, query: Record<string, string>) =>
    (await ground.get('/events/dead-letters', { query })).body.items.map(({ source }) => source).sort();

  test.each([
    [{}, ['cad_system', 'cad_system', 'lpr_network', 'my_garage']],
    [{ source: 'cad_system' }, ['cad_system', 'cad_system']],
    [{ reason: 'NOT A REGISTERED' }, ['my_garage']],
    [{ from: '2026-11-23T00:00:00Z' }, ['cad_system', 'lpr_network']],
    [{ to: '2026-11-23T00:00:00Z' }, ['cad_system', 'my_garage']],
    [{ from: '2026-11-22T17:00:00Z', to: '2026-11-22T17:00:00.001Z', source: 'my_garage' }, ['my_garage']],
    [{ from: '2026-11-22T17:00:00.001Z', to: '2026-11-23T22:00:00Z' }, []],
    [{ to: '0001-01-01T00:00:00Z' }, []],
    [{ from: '9000-01-01T00:00:00Z' }, []],
    [{ state: 'redriven' }, []],
    [{ state: 'open', source: 'lpr_network' }, ['lpr_network']],
  ])('%o shows %j', async (query, found) => {
    expect(await sources(await withFour(), query as Record<string, string>)).toEqual(found);
  });

  test('it is newest first, and pages give each letter once', async () => {
    const ground = await withFour();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await ground.get('/events/dead-letters', { query: { limit: '1', ...(cursor ? { cursor } : {}) } });
      seen.push(...body.items.map(({ at }) => String(at)));
      cursor = body.next;
    } while (cursor);
    expect(seen).toHaveLength(4);
    expect(seen).toEqual([...seen].sort().reverse());
  });

  test('a letter whose producer gave it a time long ago is listed when it was refused', async () => {
    const ground = api();
    await bury(ground, raw('cad_system', {}, { time: '1990-01-01T00:00:00Z' }));
    expect((await ground.get('/events/dead-letters')).body.items).toMatchObject([
      { at: '2026-11-22T17:00:00.000Z', sentAt: '1990-01-01T00:00:00Z', path: 'specversion', state: 'open' },
    ]);
  });

  test.each([
    [{ from: '2026-11-23T00:00:00Z', to: '2026-11-22T00:00:00Z' }, 'from'],
    [{ from: 'yesterday' }, 'from'],
    [{ state: 'lost' }, 'state'],
    [{ cursor: Buffer.from('{"day":"9999-01-01"}').toString('base64url') }, 'cursor'],
  ])('%o is a 400 that names %s', async (query, field) => {
    const { status, body } = await api().get('/events/dead-letters', { query: query as Record<string, string> });
    expect([status, body.errors?.[0]?.path]).toEqual([400, field]);
  });
});

describe('one dead letter', () => {
  test('it is shown whole, its list shows the beginning', async () => {
    const long = { blob: 'é'.repeat(30_000) };
    const { ground, shown, id } = await buried(long);
    const [line] = (await ground.get('/events/dead-letters')).body.items;
    expect(line).toMatchObject({ busId: id, bytes: Buffer.byteLength(JSON.stringify(long)) });
    expect(String(line?.['body']).length).toBe(1000);
    expect((await shown())['body']).toBe(JSON.stringify(long));
    expect((await ground.get(`/events/dead-letters/${id}`, { roles: ['viewer'] })).body['body']).toBeUndefined();
  });

  test('there is none of any other id', async () => {
    expect((await api().get('/events/dead-letters/none')).status).toBe(404);
    expect((await api().post('/events/dead-letters/none/redrive', why, { roles: ['supervisor'] })).status).toBe(404);
  });
});

describe('a redrive', () => {
  test('puts the event on the bus again as it came, under its own source, and says who and why', async () => {
    const { ground, id, redrive, shown } = await buried();
    const { status, body } = await redrive();
    expect([status, body]).toEqual([
      202,
      {
        busId: id,
        source: 'gunshot_detection',
        state: 'redriven',
        end: { by: 'ada', role: 'supervisor', at: '2026-11-22T17:00:00.000Z', reason: why.reason, sentAs: expect.any(String) },
      },
    ]);
    expect(ground.told).toEqual([{ source: 'gunshot_detection', type: 'gunshot.detected', detail: { hello: 'world' } }]);
    expect(await shown()).toMatchObject({ state: 'redriven', end: { by: 'ada', reason: why.reason } });
    const entry = (await ground.entries()).find(({ kind }) => kind === 'event.redriven');
    expect(entry).toMatchObject({ actor: 'person/ada', data: { busId: id, source: 'gunshot_detection', reason: why.reason } });
  });

  test('takes a mended body, and keeps what went instead by its hash', async () => {
    const { ground, redrive } = await buried();
    const { body } = await redrive({ ...why, body: gunshot('mended') });
    expect(body['end']).toMatchObject({ mended: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(ground.told[0]?.detail).toEqual(gunshot('mended'));
  });

  test('asked for twice, it is sent once: whoever asks again is told who sent it and why', async () => {
    const { ground, redrive, discard, kinds } = await buried();
    expect((await redrive()).status).toBe(202);
    const again = await redrive();
    expect([again.status, again.body['detail']]).toEqual([409, expect.stringMatching(/was redriven by ada at .+"the sensor was mended"/)]);
    expect((await redrive({ reason: 'for another reason' })).status).toBe(409);
    expect((await redrive({ ...why, body: gunshot('other') })).status).toBe(409);
    expect((await discard()).status).toBe(409);
    expect(ground.told).toHaveLength(1);
    expect(await kinds()).toEqual(['event.redriven']);
  });

  test('a bus that does not take it leaves the letter open', async () => {
    const { ground, redrive, shown, kinds } = await buried();
    ground.faults.push({ service: 'events', operation: 'PutEvents', error: 'InternalException' });
    expect((await redrive()).status).toBe(503);
    expect([(await shown())['state'], await kinds()]).toEqual(['open', []]);
    expect((await redrive()).status).toBe(202);
  });

  test('whoever died with a letter in hand holds it up for a minute, not longer', async () => {
    const { ground, id, redrive } = await buried();
    const claim = { token: 't', by: 'eve', until: ground.now() + 60_000 };
    await ground.stores.journal.commit(id, [], ground.stores.deadLetters.claim(id, claim, ground.now()));
    expect((await redrive()).status).toBe(409);
    await ground.scheduler.run(ground.now() + 60_001);
    expect((await redrive()).status).toBe(202);
  });

  test.each([
    ['the type', { ...why, body: gunshot('x', {}, { type: 'nonsense' }) }, 400, 'body.type'],
    ['the reason', { reason: '' }, 400, 'reason'],
    ['the time', { ...why, body: gunshot('x', {}, { time: '9999-01-01T00:00:00Z' }) }, 400, 'body.time'],
  ])('names %s where it does not fit', async (_, body, status, path) => {
    const { ground, redrive } = await buried();
    const answer = await redrive(body);
    expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([status, path]);
    expect(ground.told).toEqual([]);
  });

  test.each(['fact.asserted', 'unit.status', 'action.completed'])('no person says %s in a mended body', async (type) => {
    const { ground, redrive } = await buried();
    expect((await redrive({ ...why, body: gunshot('x', {}, { type }) })).status).toBe(403);
    expect(ground.told).toEqual([]);
  });

  test('what was larger than an event may be goes only with a mended body', async () => {
    const { ground, redrive } = await buried({ blob: 'x'.repeat(140_000) });
    expect((await redrive()).status).toBe(409);
    expect((await redrive({ ...why, body: gunshot('smaller') })).status).toBe(202);
    expect(ground.told).toHaveLength(1);
  });

  test('refused again, the first letter names the second', async () => {
    const { ground, id, redrive, shown } = await buried();
    const end = (await redrive()).body['end'] as { sentAs: string };
    expect((await shown())['refusedAgain']).toBeUndefined();
    await bury(ground, raw('gunshot_detection', { hello: 'world' }, { id: end.sentAs }));
    expect(await shown()).toMatchObject({ busId: id, refusedAgain: { busId: end.sentAs, state: 'open' } });
  });

  test.each([['dispatcher'], ['viewer'], ['admin'], ['auditor']] as const)('is nothing for a %s', async (role) => {
    const { ground, id } = await buried();
    expect((await ground.post(`/events/dead-letters/${id}/redrive`, why, { roles: [role] })).status).toBe(403);
  });
});

test('a letter that is discarded says who and why, and is not sent', async () => {
  const { ground, redrive, discard, shown, kinds } = await buried();
  expect((await discard()).status).toBe(202);
  expect(await shown()).toMatchObject({ state: 'discarded', end: { by: 'ada', reason: why.reason } });
  expect((await redrive()).status).toBe(409);
  expect([ground.told, await kinds()]).toEqual([[], ['event.discarded']]);
});

test.each(Array.from({ length: 20 }, (_, seed) => [seed]))('of eight people at once one sends it (seed %i)', async (seed) => {
  const ground = api({ seed, shuffle: true });
  const [id = ''] = await ground.settle(bury(ground, raw('gunshot_detection', { hello: 'world' })));
  const all = Array.from({ length: 8 }, (_, n) =>
    ground.agreed(`/events/dead-letters/${id}/redrive`, { reason: `reason ${n}` }, { roles: ['supervisor'] }),
  );
  const answers = await ground.settle(Promise.all(all));
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409, 409, 409, 409, 409]);
  expect(ground.told).toHaveLength(1);
  expect((await ground.entries()).filter(({ kind }) => kind === 'event.redriven')).toHaveLength(1);
});
