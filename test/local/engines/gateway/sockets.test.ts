import { describe, expect, it } from 'vitest';
import { type Functions, ok, openGateway } from './template.ts';

const ENDPOINT = 'https://ws.execute-api.us-east-1.amazonaws.com';

const connected = async (functions: Functions = {}, channel = 'events') => {
  const opened = openGateway(functions);
  const client = await opened.gateway.connect(channel, { headers: ok, query: { ticket: 't' } });
  const manage = (operation: string, input: object = {}, stage = channel) =>
    opened.gateway.connections(`${ENDPOINT}/${stage}`)(operation, { ConnectionId: client.connectionId, ...input });
  return { ...opened, client, manage };
};
const refusal = (headers: Record<string, string>, functions: Functions = {}, channel = 'events') =>
  expect(openGateway(functions).gateway.connect(channel, { headers })).rejects;

describe('a handshake', () => {
  it('asks the authorizer and then $connect, with the stage as channel', async () => {
    const { callsOf } = await connected();
    expect(callsOf('authorizer')[0]).toMatchObject({
      type: 'REQUEST',
      methodArn: 'arn:aws:execute-api:us-east-1:000000000000:ws/events/$connect',
      queryStringParameters: { ticket: 't' },
      requestContext: { routeKey: '$connect', stage: 'events' },
    });
    expect(callsOf('connect')[0]).toMatchObject({
      requestContext: { eventType: 'CONNECT', authorizer: { roles: 'viewer', principalId: 'ann' } },
    });
  });

  it.each([
    [401, {}],
    [403, { Authorization: 'Bearer no' }],
    [500, { Authorization: 'Bearer broken' }],
  ])('is refused with %i', async (status, headers: Record<string, string>) => {
    await refusal(headers).toMatchObject({ name: 'Refused', status });
  });

  it('is refused with what $connect says', async () => {
    await refusal(ok, { connect: () => ({ statusCode: 403 }) }).toMatchObject({ status: 403 });
  });

  it('to a channel that no stage is called finds nothing', async () => {
    await refusal(ok, {}, 'gossip').toMatchObject({ status: 404 });
  });
});

describe('a connection', () => {
  it('gets what is posted to it', async () => {
    const { client, manage } = await connected();
    await manage('PostToConnection', { Data: Buffer.from('{"from":1}') });
    expect(client.messages()).toEqual(['{"from":1}']);
    await expect(manage('GetConnection')).resolves.toMatchObject({ ConnectedAt: new Date(Date.UTC(2026, 10, 22)) });
  });

  const gone = { name: 'GoneException' };

  it('is gone for another stage and after it closed', async () => {
    const { client, manage, callsOf } = await connected();
    await expect(manage('PostToConnection', { Data: 'x' }, 'alerts')).rejects.toMatchObject(gone);
    await client.close();
    await expect(manage('PostToConnection', { Data: 'x' })).rejects.toMatchObject(gone);
    expect(callsOf('connect').at(-1)?.requestContext).toMatchObject({
      routeKey: '$disconnect',
      eventType: 'DISCONNECT',
      disconnectStatusCode: 1000,
    });
  });

  it('is not there yet while $connect is answering', async () => {
    let early: Promise<unknown> | undefined;
    const { gateway } = openGateway({
      connect: ({ requestContext: { connectionId } }) => {
        early = gateway.connections(`${ENDPOINT}/events`)('PostToConnection', { ConnectionId: connectionId, Data: 'early' });
        early.catch(() => {});
        return { statusCode: 200 };
      },
    });
    await gateway.connect('events', { headers: ok });
    await expect(early).rejects.toMatchObject(gone);
  });

  it('sends its messages to the route of their action, else to $default', async () => {
    const { client, callsOf } = await connected();
    for (const text of ['{"action":"ping"}', '{"action":"$connect"}', 'not json']) await client.send(text);
    expect(
      callsOf('connect')
        .slice(1)
        .map(({ requestContext, body }) => [requestContext.routeKey, body]),
    ).toEqual([
      ['ping', '{"action":"ping"}'],
      ['$default', '{"action":"$connect"}'],
      ['$default', 'not json'],
    ]);
  });

  it('is told when its function failed, and lives on', async () => {
    const { client } = await connected({
      connect: ({ requestContext }) => {
        if (requestContext.routeKey === '$connect') return { statusCode: 200 };
        throw new Error('secret');
      },
    });
    await client.send('x');
    expect(client.messages()[0]).toContain('Internal server error');
    expect(client.messages()[0]).not.toContain('secret');
    expect(client.ended()).toBeUndefined();
  });

  it('ends at a message over 128 KB', async () => {
    const { client, callsOf } = await connected();
    await client.send('x'.repeat(128 * 1024 + 1));
    expect(client.ended()?.code).toBe(1009);
    expect(callsOf('connect').at(-1)?.requestContext.routeKey).toBe('$disconnect');
  });

  it('that does not read is posted no more than 1 MB, and stays', async () => {
    const { client, manage } = await connected();
    client.stall();
    const post = () => manage('PostToConnection', { Data: 'x'.repeat(100 * 1024) });
    for (let sent = 0; sent <= 1024; sent += 100) await post();
    await expect(post()).rejects.toMatchObject({ name: 'LimitExceededException' });
    expect(client.ended()).toBeUndefined();
  });

  it('that does not read what it asks for is dropped at 4 MB and told why', async () => {
    const { client, gateway } = await connected();
    client.stall();
    const [sockets] = gateway.sockets;
    const connection = sockets?.find('events', client.connectionId);
    const answer = () => connection && sockets?.push(connection, 'x'.repeat(100 * 1024));
    for (let sent = 0; sent <= 4 * 1024; sent += 100) expect(answer()).toBe(true);
    expect(answer()).toBe(false);
    expect(client.ended()).toMatchObject({ code: 1013, reason: expect.stringContaining('You read too slowly') });
  });

  it('ends after ten idle minutes, and after two hours whatever is said', async () => {
    const idle = await connected();
    await idle.scheduler.run(idle.scheduler.now() + 10 * 60_000);
    expect(idle.client.ended()).toEqual({ code: 1001, reason: 'Nothing was said for ten minutes' });

    const busy = await connected();
    const from = busy.scheduler.now();
    for (let minute = 1; minute < 120; minute += 1) {
      await busy.scheduler.run(from + minute * 60_000);
      await busy.client.send('{}');
    }
    expect(busy.client.ended()).toBeUndefined();
    await busy.scheduler.run(from + 120 * 60_000);
    expect(busy.client.ended()?.code).toBe(1001);
  });

  it('can be hung up on', async () => {
    const { client, manage } = await connected();
    await manage('DeleteConnection');
    expect(client.ended()?.code).toBe(1000);
  });

  it('hears what its function answers only on a route that has a response', async () => {
    const { client } = await connected({ connect: () => ({ statusCode: 200, body: 'heard' }) });
    await client.send('{"action":"ping"}');
    expect(client.messages()).toEqual([]);
    await client.send('{"action":"ask"}');
    expect(client.messages()).toEqual(['heard']);
  });

  it('of a stage that nobody deployed is forbidden, not gone', async () => {
    const { manage } = await connected();
    await expect(manage('GetConnection', {}, 'gossip')).rejects.toMatchObject({ name: 'ForbiddenException' });
  });

  it('whose client went during the handshake is told to $disconnect, once', async () => {
    const { gateway, callsOf } = openGateway();
    const [sockets] = gateway.sockets;
    const admission = await sockets?.admit({ stage: 'events', headers: Object.entries(ok), query: [] });
    if (!sockets || !admission?.ok) throw new Error('it was not admitted');
    await sockets.abandoned(admission.connection);
    await sockets.closed(admission.connection, 1006, '');
    expect(callsOf('connect').map(({ requestContext }) => requestContext.routeKey)).toEqual(['$connect', '$disconnect']);
    expect(sockets.count()).toBe(0);
  });
});

describe('a stage', () => {
  it('has a rate for handshakes and messages together', async () => {
    const { client, gateway, scheduler, callsOf } = await connected({}, 'alerts');
    await client.send('{"action":"ping"}');
    await client.send('{"action":"ping"}');
    expect(client.messages().map((text) => JSON.parse(text).message)).toEqual(['Too Many Requests']);
    await expect(gateway.connect('alerts', { headers: ok })).rejects.toMatchObject({ status: 429 });
    await scheduler.run(scheduler.now() + 1000);
    await client.send('{"action":"ping"}');
    expect(callsOf('connect')).toHaveLength(3);
  });

  it('hands its variables to functions and logs each route', async () => {
    const { callsOf, accesses } = await connected({}, 'alerts');
    expect([callsOf('connect')[0]?.stageVariables, callsOf('authorizer')[0]?.stageVariables]).toEqual([
      { colour: 'red' },
      { colour: 'red' },
    ]);
    expect(accesses).toEqual([{ route: '$connect', status: '200' }]);
  });

  it('asks its authorizer for every connection anew', async () => {
    const { gateway, callsOf } = openGateway();
    await gateway.connect('events', { headers: ok });
    await gateway.connect('events', { headers: ok });
    expect(callsOf('authorizer')).toHaveLength(2);
  });
});
