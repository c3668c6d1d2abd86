import { describe, expect, test } from 'vitest';
import { TICKET_MS } from '../../../shared/stores/connections.ts';
import { sockets } from '../../functions/publish/ground.ts';

const ada = { sub: 'ada', roles: ['dispatcher' as const], agency: 'rbpd', expiresAt: 4_000_000_000_000 };

describe('connections', () => {
  test('a ticket lets one person in once', async () => {
    const { connections, now } = sockets();
    await connections.issue('t', 'alerts', ada, now());
    const both = await Promise.all([connections.redeem('t', 'alerts', now()), connections.redeem('t', 'alerts', now())]);
    expect(both.filter(Boolean)).toEqual([ada]);
  });

  test('a ticket is for its channel only, and trying it elsewhere spends it', async () => {
    const { connections, now } = sockets();
    await connections.issue('t', 'alerts', ada, now());
    expect(await connections.redeem('t', 'events', now())).toBeUndefined();
    expect(await connections.redeem('t', 'alerts', now())).toBeUndefined();
  });

  test('a ticket is too old after thirty seconds, whether or not it was removed', async () => {
    const { connections, now } = sockets();
    await connections.issue('t', 'alerts', ada, now());
    expect(await connections.redeem('t', 'alerts', now() + TICKET_MS)).toBeUndefined();
  });

  test('the table holds no ticket that could be used', async () => {
    const { connections, now, runtime } = sockets();
    await connections.issue('the-ticket', 'alerts', ada, now());
    const stored = await runtime.aws?.('dynamodb', 'Scan', { TableName: 'connections' });
    expect(JSON.stringify(stored)).not.toContain('the-ticket');
  });

  test('who changes their mind and changes it back is taken at their last word', async () => {
    const { connections, listen } = sockets();
    await listen('events', 'c1');
    const connection = { channel: 'events', id: 'c1' } as const;
    const filters = [{ workflow: 'a' }, { workflow: 'b' }, { workflow: 'a' }, undefined];
    for (const filter of filters) {
      await connections.want(connection, filter);
      expect((await connections.get('events', 'c1'))?.filter).toEqual(filter);
    }
  });
});
