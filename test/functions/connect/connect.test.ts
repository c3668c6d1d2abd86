import { describe, expect, test } from 'vitest';
import { create } from '../../../functions/connect/handler.ts';
import { sockets } from '../publish/ground.ts';
import { said, withFrames } from './support.ts';

const connecting = (authorizer: Record<string, string> | null, stage = 'events') => ({
  requestContext: { routeKey: '$connect', stage, connectionId: 'c1', authorizer },
});

describe('$connect', () => {
  test('a person who may look is let in until their token ends', async () => {
    const ground = sockets();
    const exp = Math.floor(ground.now() / 1000) + 600;
    const answer = await create(ground.runtime)(connecting({ sub: 'ada', roles: 'dispatcher,unheard', agency: 'rbpd', exp: String(exp) }));
    expect(answer).toEqual({ statusCode: 200 });
    expect(await ground.connections.on('events')).toEqual([
      {
        id: 'c1',
        channel: 'events',
        sub: 'ada',
        roles: ['dispatcher'],
        agency: 'rbpd',
        expiresAt: exp * 1000,
        issuedAt: 0,
        tokenId: '',
        connectedAt: ground.now(),
      },
    ]);
  });

  test.each([
    ['no authorizer', null],
    ['no role that may look', { sub: 'ada', roles: 'subsystem', exp: '99999999999' }],
    ['an expired token', { sub: 'ada', roles: 'dispatcher', exp: '1' }],
    ['no expiry', { sub: 'ada', roles: 'dispatcher' }],
  ])('%s is refused', async (_, authorizer) => {
    const ground = sockets();
    expect(await create(ground.runtime)(connecting(authorizer as Record<string, string> | null))).toEqual({ statusCode: 403 });
    expect(await ground.connections.on('events')).toEqual([]);
  });

  test('$disconnect forgets the connection, twice if need be', async () => {
    const ground = sockets();
    await ground.listen('alerts', 'c1');
    const leaving = { requestContext: { routeKey: '$disconnect', stage: 'alerts', connectionId: 'c1' } };
    const connect = create(ground.runtime);
    expect([await connect(leaving), await connect(leaving)]).toEqual([{ statusCode: 200 }, { statusCode: 200 }]);
    expect(await ground.connections.on('alerts')).toEqual([]);
  });
});

describe('$default', () => {
  test('a ping is answered', async () => {
    const { connect, sent, now } = await withFrames();
    await connect(said('c1', { action: 'ping' }));
    expect(sent).toEqual([
      { id: 'c1', channel: 'events', word: { channel: 'events', pong: true, at: new Date(now()).toISOString(), next: 21 } },
    ]);
  });

  test('a client resumes in the middle of a frame and is told where the channel stands', async () => {
    const { connect, sent } = await withFrames();
    await connect(said('c1', { action: 'resume', from: 4 }));
    const words = sent.map(({ word }) => word);
    expect(words[0]).toMatchObject({ from: 4, to: 4, messages: [{ seq: 4 }] });
    expect(words.slice(1, -1).map(({ from, to }) => [from, to])).toEqual([5, 7, 9, 11, 13, 15, 17, 19].map((from) => [from, from + 1]));
    expect(words.at(-1)).toEqual({ channel: 'events', resumed: true, next: 21 });
  });

  test('a client that missed nothing is only told so', async () => {
    const { connect, sent } = await withFrames();
    await connect(said('c1', { action: 'resume', from: 21 }));
    expect(sent.map(({ word }) => word)).toEqual([{ channel: 'events', resumed: true, next: 21 }]);
  });

  test.each([
    '',
    'not json',
    '[]',
    '{"action":"shout"}',
    '{"action":"resume","from":0}',
    '{"action":"resume"}',
    '{"action":"ping","loud":true}',
    'null',
  ])('%j is answered with what is accepted', async (body) => {
    const { connect, sent } = await withFrames();
    await connect(said('c1', body));
    expect(sent).toHaveLength(1);
    expect(sent[0]?.word).toMatchObject({ error: expect.any(String), accepted: expect.arrayContaining(['{"action":"ping"}']) });
  });

  test('an expired token is told to come again, gets no frame, and is hung up on', async () => {
    const { connect, sent, hungUp, listen, now } = await withFrames();
    await listen('events', 'old', { expiresAt: now() - 1 });
    await connect(said('old', { action: 'resume', from: 1 }));
    expect(sent.map(({ word }) => word)).toEqual([{ channel: 'events', error: expect.stringContaining('expired') }]);
    expect(hungUp).toEqual(['old']);
  });
});
