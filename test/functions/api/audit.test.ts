import { describe, expect, test } from 'vitest';
import { type Api, api, withExecution } from './ground.ts';

const HOUR = 3_600_000;

/** Four entries, an hour apart, of two people; the newest is now. */
const lived = async (): Promise<{ ground: Api; at: (hoursAgo: number) => string }> => {
  const ground = api();
  const start = ground.now();
  for (const [n, actor] of ['person/ann', 'person/bob', 'person/ann', 'person/bob'].entries()) {
    if (n > 0) await ground.scheduler.run(ground.now() + HOUR);
    await ground.stores.journal.commit(`s${n}`, [{ kind: 'policy.checked', actor, data: { n } }]);
  }
  return { ground, at: (hours) => new Date(start + hours * HOUR).toISOString() };
};

const found = async (ground: Api, query: Record<string, string>): Promise<unknown[]> => {
  const seen: unknown[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await ground.get('/audit', { query: { kind: 'policy.checked', limit: '1', ...query, ...(cursor ? { cursor } : {}) } });
    seen.push(...body.items.map(({ data }) => (data as { n: number }).n));
    cursor = body.next;
  } while (cursor);
  return seen;
};

describe('the audit', () => {
  test('is found by who did it and by when, page by page, each entry once', async () => {
    const { ground, at } = await lived();
    expect(await found(ground, {})).toEqual([3, 2, 1, 0]);
    expect(await found(ground, { actor: 'person/ann' })).toEqual([2, 0]);
    expect(await found(ground, { from: at(1) })).toEqual([3, 2, 1]);
    expect(await found(ground, { to: at(1) })).toEqual([0]);
    expect(await found(ground, { from: at(1), to: at(3), actor: 'person/bob' })).toEqual([1]);
  });

  test('of an incident is narrowed by actor and time as well', async () => {
    const ground = api();
    await withExecution(ground);
    const { items } = (await ground.get('/audit', { query: { incidentId: 'i1' } })).body;
    const [one] = items as { actor: string; at: string }[];
    const count = async (query: Record<string, string>) =>
      (await ground.get('/audit', { query: { incidentId: 'i1', ...query } })).body.items.length;
    expect(await count({ actor: one?.actor ?? '' })).toBe(items.length);
    expect(await count({ actor: 'person/nobody' })).toBe(0);
    expect(await count({ to: one?.at ?? '' })).toBe(0);
  });

  test('refuses a time that ends before it begins', async () => {
    const { get } = api();
    const query = { from: '2026-11-22T18:00:00Z', to: '2026-11-22T17:00:00Z' };
    expect((await get('/audit', { query })).body.errors).toEqual([{ path: 'from', message: 'Must lie before to' }]);
  });

  test('says of its own reading where from, in which request, and with which filter', async () => {
    const ground = api();
    await ground.get('/audit', { query: { actor: 'person/ann' } });
    const { items } = (await ground.get('/audit', { query: { kind: 'audit.read' } })).body;
    expect(items).toMatchObject([
      {
        actor: 'person/ada',
        data: { filter: { actor: 'person/ann' }, further: false },
        via: { from: '192.0.2.7', to: 'audit', object: {}, size: 0, session: 'r-1', outcome: 'done' },
      },
    ]);
  });
});

describe('what a person does over REST', () => {
  const accessOf = async ({ get }: Api) => {
    const { items } = (await get('/audit', { roles: ['auditor'] })).body;
    return items.filter(({ kind }) => String(kind).startsWith('access.'));
  };

  test('is an entry: who, where from, which operation on what, how large, in which request, and how it ended', async () => {
    const ground = api();
    const body = { channel: 'alerts' };
    await ground.post('/tickets', body);
    expect(await accessOf(ground)).toMatchObject([
      {
        kind: 'access.granted',
        actor: 'person/ada',
        data: { operation: 'createTicket', status: 201, roles: ['dispatcher'], agency: 'rbpd' },
        via: { from: '192.0.2.7', to: 'createTicket', object: {}, size: JSON.stringify(body).length, session: 'r-1', outcome: 'done' },
      },
    ]);
  });

  test('is an entry where it was refused or forbidden too, and looking is not', async () => {
    const ground = api();
    await ground.get('/status');
    await ground.post('/executions/gone/pause', { reason: 'too late' }, { roles: ['supervisor'] });
    await ground.post('/executions/gone/pause', { reason: 'not mine' });
    expect(await accessOf(ground)).toMatchObject([
      { kind: 'access.refused', data: { status: 403 }, via: { to: 'pauseExecution', object: { id: 'gone' }, outcome: 'refused' } },
      { kind: 'access.granted', data: { status: 404 }, via: { to: 'pauseExecution', object: { id: 'gone' }, outcome: 'refused' } },
    ]);
  });

  test('is nothing where nobody is known, and no such operation exists', async () => {
    const ground = api();
    await ground.post('/nothing', {});
    await ground.door({ httpMethod: 'POST', path: '/orchestration/tickets', body: '{}' });
    expect(await accessOf(ground)).toEqual([]);
  });
});
