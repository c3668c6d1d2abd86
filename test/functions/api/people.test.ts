import { expect, test } from 'vitest';
import { api } from './ground.ts';

const admin = { sub: 'root', roles: ['admin' as const] };
const why = { reason: 'the phone was lost' };

test('whoever is disabled loses every connection at once, and the others keep theirs', async () => {
  const { post, listen, connections, hungUp, entries } = api();
  await listen('events', 'c1', { sub: 'eve' });
  await listen('alerts', 'c2', { sub: 'eve' });
  await listen('alerts', 'c3', { sub: 'ada' });
  const { status, body } = await post('/people/eve/disable', why, admin);
  expect([status, body['closed']]).toEqual([200, 2]);
  expect(hungUp.sort()).toEqual(['c1', 'c2']);
  expect((await connections.on('alerts')).map(({ id }) => id)).toEqual(['c3']);
  expect((await entries()).at(-1)).toMatchObject({ kind: 'person.disabled', actor: 'person/root', data: { id: 'eve', ...why } });
});

test('a revoked token’s connections end; those of a token that was given later stay', async () => {
  const { post, listen, hungUp, now } = api();
  await listen('events', 'c1', { sub: 'eve', tokenId: 't1' });
  await listen('events', 'c2', { sub: 'eve', tokenId: 't2', issuedAt: now() + 1000 });
  expect((await post('/tokens/revoke', { tokenId: 't1', ...why }, admin)).body['closed']).toBe(1);
  expect(hungUp).toEqual(['c1']);
  await listen('events', 'c3', { sub: 'eve', tokenId: 't3', issuedAt: now() - 1000 });
  expect((await post('/tokens/revoke', { sub: 'eve', ...why }, admin)).body['closed']).toBe(1);
  expect(hungUp).toEqual(['c1', 'c3']);
});

test('who is barred is listed, and let in again by name', async () => {
  const { get, post, entries } = api();
  await post('/people/eve/disable', why, admin);
  await post('/tokens/revoke', { tokenId: 't1', ...why }, admin);
  const list = (await get('/people/barred', { roles: ['auditor'] })).body.items;
  expect(list.map(({ what, id, by }) => `${what} ${id} ${by}`).sort()).toEqual(['person eve root', 'token t1 root']);
  expect((await post('/people/eve/enable', why, admin)).status).toBe(200);
  expect((await post('/people/eve/enable', why, admin)).status).toBe(404);
  expect((await get('/people/barred', { roles: ['auditor'] })).body.items.map(({ id }) => id)).toEqual(['t1']);
  const kinds = (await entries()).map(({ kind }) => kind).filter((kind) => !kind.startsWith('access.'));
  expect(kinds.sort()).toEqual(['person.disabled', 'person.enabled', 'token.revoked']);
});

test('nobody shuts themselves out, and only an admin shuts anybody out', async () => {
  const { post } = api();
  expect((await post('/people/root/disable', why, admin)).status).toBe(409);
  for (const roles of [['supervisor'], ['chief'], ['kernel_operator']] as const)
    expect((await post('/people/eve/disable', why, { roles: [...roles] })).status).toBe(403);
});
