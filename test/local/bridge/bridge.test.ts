import { describe, expect, it } from 'vitest';
import type { Outcome, Send } from '../../../client/bus.ts';
import { backoff } from '../../../local/bridge/backoff.ts';
import { mapping } from '../../../local/bridge/map.ts';
import { bridged, bus, said, server, until } from './ground.ts';

const many = (count: number) => Array.from({ length: count }, (_, nth) => said(`m-${nth}`));

describe('what a subsystem says', () => {
  it('is put in its order, ten at a time at most, under its own ids', async () => {
    const [channel, { calls, send, ids }] = [await server(), bus()];
    bridged(channel.url, send);
    await until(() => channel.sockets.length === 1);
    channel.say(...many(57));
    await until(() => ids().length === 57);
    expect(ids()).toEqual(many(57).map(({ id }) => id));
    expect(Math.max(...calls.map(({ length }) => length))).toBeLessThanOrEqual(10);
    expect(calls.length).toBeLessThan(57);
  });

  it('is mapped by an expression, and what the expression says nothing of is not put', async () => {
    const [channel, { spoken, send }] = [await server(), bus()];
    const map = mapping(
      'kind = "fault" ? { "type": "drone.fault-reported", "id": key, "time": at, "data": { "unit": who, "fault": code } }',
    );
    const { bridge } = bridged(channel.url, send, { map });
    await until(() => channel.sockets.length === 1);
    channel.say({ kind: 'hello' }, { kind: 'fault', key: 7, who: 'RB-DRONE-01', code: 'motor', at: '2026-11-22T12:00:00-05:00' });
    await until(() => spoken().length === 1);
    expect(spoken()[0]).toEqual({
      source: 'drone_ops',
      type: 'drone.fault-reported',
      detail: {
        specversion: '1.0',
        id: '7',
        source: 'drone_ops',
        type: 'drone.fault-reported',
        time: '2026-11-22T17:00:00.000Z',
        data: { unit: 'RB-DRONE-01', fault: 'motor' },
      },
    });
    expect(bridge.told()).toMatchObject({ heard: 2, lost: 0, waiting: 0 });
  });

  it('and cannot be an event is put all the same, with why, so that it ends as a dead letter', async () => {
    const [channel, { spoken, send }] = [await server(), bus()];
    bridged(channel.url, send, { map: mapping('$number(value) > 0 ? $') });
    await until(() => channel.sockets.length === 1);
    channel.say('hello', { value: 'x' }, { value: 1 }, said('big', { value: 1, text: 'x'.repeat(300_000) }));
    await until(() => spoken().length === 3);
    expect(spoken().map(({ detail }) => (detail as { unreadable: string }).unreadable)).toEqual([
      'it is not JSON',
      expect.stringContaining('the map fails on it'),
      'it names no type, and --type gave none',
    ]);
  });

  it('after a reconnect has the ids that it had before, whether it names them or not', async () => {
    const [channel, { ids, send }] = [await server(), bus()];
    const { pass } = bridged(channel.url, send);
    const words = [said('named'), { type: 'drone.battery-low', unit: 'RB-DRONE-01', seq: 4 }];
    await until(() => channel.sockets.length === 1);
    channel.say(...words);
    await until(() => ids().length === 2);
    channel.sockets[0]?.close();
    await until(() => channel.wss.clients.size === 0);
    await pass(1000);
    await until(() => channel.sockets.length === 2);
    channel.say(...words);
    await until(() => ids().length === 4);
    expect(ids().slice(2)).toEqual(ids().slice(0, 2));
    expect(ids()[1]).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('a connection', () => {
  it('that is lost is made again, and so is one that cannot be made, after pauses that grow', async () => {
    const channel = await server();
    const { send } = bus();
    const { bridge, lines, pass } = bridged(channel.url, send);
    await until(() => channel.sockets.length === 1);
    await channel.close();
    const told = () => lines.flatMap((line) => /again in ([\d.]+) s/.exec(line)?.[1] ?? []).map(Number);
    for (let tries = 1; tries <= 6; tries += 1) {
      await until(() => bridge.told().reconnects === tries);
      await pass((told().at(-1) ?? 0) * 1000 + 100);
    }
    const pauses = told();
    pauses.forEach((pause, nth) => {
      expect(pause).toBeGreaterThanOrEqual(Math.round(2.5 * 2 ** nth) / 10);
      expect(pause).toBeLessThanOrEqual(0.5 * 2 ** nth + 0.1);
    });
    const again = await server({ port: channel.port });
    await until(() => bridge.told().reconnects >= 7);
    await pass(30_100);
    await until(() => again.sockets.length >= 1);
  });

  it('pauses are drawn between half and all of what doubles up to 30 s', () => {
    const ends = [1, 2, 3, 7, 40].map((attempt) => [backoff(attempt, () => 0), backoff(attempt, () => 1)]);
    expect(ends).toEqual([
      [250, 500],
      [500, 1000],
      [1000, 2000],
      [15_000, 30_000],
      [15_000, 30_000],
    ]);
  });

  it('whose other end is gone without a word is given up after two pings, and made again', async () => {
    const [channel, { send }] = [await server({ autoPong: false }), bus()];
    const { bridge, pass } = bridged(channel.url, send);
    await until(() => channel.sockets.length === 1 && bridge.told().put === 1);
    await pass(60_000);
    await until(() => bridge.told().reconnects === 1);
    await pass(1000);
    await until(() => channel.sockets.length === 2);
  });

  it('is asked for what it carries, with the headers it wants', async () => {
    const [channel, { send }] = [await server(), bus()];
    const got: string[] = [];
    channel.wss.on('connection', (socket, { headers }) => {
      got.push(String(headers.authorization));
      socket.on('message', (data) => got.push(String(data)));
    });
    bridged(channel.url, send, { headers: { authorization: 'Bearer t' }, subscribe: '{"action":"subscribe"}' });
    await until(() => got.length === 2);
    expect(got).toEqual(['Bearer t', '{"action":"subscribe"}']);
  });
});

describe('the heartbeat', () => {
  it('is put each minute while the channel stands, and not while it does not', async () => {
    const [channel, { taken, send }] = [await server(), bus()];
    const beats = () => taken.filter(({ type }) => type === 'subsystem.heartbeat');
    // What the server says after each ping comes after its pong: once it is heard, the ping was answered.
    channel.wss.on('connection', (socket) => socket.on('ping', () => socket.send('{"type":"drone.link-lost"}')));
    const { bridge, pass } = bridged(channel.url, send);
    await until(() => beats().length === 1);
    for (let half = 1; half <= 4; half += 1) {
      await pass(30_000);
      await until(() => bridge.told().heard === half);
    }
    await until(() => beats().length === 3);
    expect(beats()[0]?.detail).toMatchObject({ type: 'subsystem.heartbeat', data: { subsystem: 'drone_ops', bridge: { heard: 0 } } });
    expect(new Set(beats().map(({ detail }) => (detail as { id: string }).id)).size).toBe(3);
    await channel.close();
    await until(() => bridge.told().reconnects === 1);
    await pass(100);
    const before = beats().length;
    for (let tries = 2; tries <= 8; tries += 1) {
      await pass(30_000);
      await until(() => bridge.told().reconnects >= tries);
    }
    expect(beats().length).toBe(before);
  });
});

describe('the bus', () => {
  it('that refuses an entry is asked again for that one alone, until it takes it', async () => {
    const tries = new Map<object, number>();
    const { ids, taken, send } = bus(({ detail }) => {
      if ((detail as { id: string }).id !== 'm-3') return undefined;
      tries.set(detail, (tries.get(detail) ?? 0) + 1);
      return (tries.get(detail) ?? 0) < 4 ? 'ThrottlingException' : undefined;
    });
    const channel = await server();
    const { pass, bridge } = bridged(channel.url, send);
    await until(() => channel.sockets.length === 1);
    channel.say(...many(8));
    await until(() => bridge.told().heard === 8 && tries.size === 1);
    for (let again = 0; again < 4; again += 1) await pass(30_000);
    await until(() => ids().length === 8);
    expect(ids().at(-1)).toBe('m-3');
    expect([...tries.values()]).toEqual([4]);
    expect(bridge.told()).toMatchObject({ lost: 0, waiting: 0, put: taken.length });
  });

  it('that is away altogether loses nothing and drops no order', async () => {
    let away = true;
    const { ids, send } = bus();
    const absent: Send = async (entries) => {
      if (away) throw Object.assign(new Error('connect ECONNREFUSED'), { name: 'TimeoutError' });
      return send(entries);
    };
    const channel = await server();
    const { pass, bridge, lines } = bridged(channel.url, absent);
    await until(() => channel.sockets.length === 1);
    channel.say(...many(25));
    await until(() => bridge.told().heard === 25 && lines.some((line) => line.includes('did not take')));
    for (let minute = 0; minute < 5; minute += 1) await pass(30_000);
    expect(ids()).toEqual([]);
    away = false;
    for (let again = 0; again < 3; again += 1) await pass(30_000);
    await until(() => ids().length === 25);
    expect(ids()).toEqual(many(25).map(({ id }) => id));
  });

  it('that cannot take one entry at all takes the nine beside it, and says which was lost', async () => {
    const { ids, send } = bus(({ detail }) => ((detail as { id: string }).id === 'm-4' ? 'MalformedDetail' : undefined));
    const invalid: Send = async (entries): Promise<readonly Outcome[]> => {
      if (entries.length > 1 && entries.some(({ detail }) => (detail as { id: string }).id === 'm-4'))
        throw Object.assign(new Error('Total size of the entries in the request is over the limit.'), { name: 'ValidationException' });
      return send(entries);
    };
    const channel = await server();
    const { bridge, lines } = bridged(channel.url, invalid);
    await until(() => channel.sockets.length === 1);
    channel.say(...many(9));
    await until(() => ids().length === 8);
    expect(bridge.told()).toMatchObject({ lost: 1, waiting: 0 });
    expect(lines.filter((line) => line.startsWith('lost'))).toEqual([expect.stringContaining('m-4')]);
  });

  it('is given CRITICAL before all that waits', async () => {
    let release: (() => void) | undefined;
    const { ids, send } = bus();
    const slow: Send = async (entries) => {
      if (!release)
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      return send(entries);
    };
    const channel = await server();
    const { bridge } = bridged(channel.url, slow);
    await until(() => channel.sockets.length === 1 && release !== undefined);
    channel.say(...many(40), said('grave', { priority: 'CRITICAL' }), said('graver', { priority: 1 }));
    await until(() => bridge.told().heard === 42 && bridge.told().waiting === 42);
    release?.();
    await until(() => ids().length === 42);
    expect(ids().slice(0, 2)).toEqual(['grave', 'graver']);
  });

  it('that was away is asked at once when something CRITICAL comes, however long the pause', async () => {
    let away = true;
    const { ids, send } = bus(() => (away ? 'InternalFailure' : undefined));
    const channel = await server();
    const { pass, bridge } = bridged(channel.url, send);
    await until(() => channel.sockets.length === 1);
    channel.say(...many(3));
    await until(() => bridge.told().heard === 3);
    for (let again = 0; again < 6; again += 1) await pass(5000);
    away = false;
    channel.say(said('grave', { priority: 'CRITICAL' }));
    await until(() => ids().length === 4);
    expect(ids()[0]).toBe('grave');
  });

  it('that is slow makes the subsystem wait: what the bridge holds is bounded, and nothing is lost', async () => {
    const [messages, bound] = [5000, 100];
    let slow = true;
    let release = (): void => {};
    const { ids, send } = bus();
    const stalled: Send = async (entries) => {
      if (slow)
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      return send(entries);
    };
    const channel = await server();
    const { bridge, lines } = bridged(channel.url, stalled, { bound });
    await until(() => channel.sockets.length === 1);
    const text = 'x'.repeat(4000);
    for (const { id } of many(messages)) channel.say(said(id, { text, ...(id === `m-${messages - 1}` ? { priority: 'CRITICAL' } : {}) }));
    await until(() => lines.some((line) => line.includes('is not read')));
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    // What one read of the socket held may come on top.
    expect(bridge.told().waiting).toBeLessThan(bound + 64);
    expect(channel.sockets[0]?.bufferedAmount).toBeGreaterThan(0);
    slow = false;
    release();
    await until(() => ids().length === messages);
    expect(new Set(ids()).size).toBe(messages);
    expect(bridge.told()).toMatchObject({ heard: messages, lost: 0, waiting: 0 });
  });
});

describe('a stop', () => {
  it('hears no more, puts what it heard, and then is over', async () => {
    let release = (): void => {};
    const { ids, send } = bus();
    const held: Send = async (entries) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return send(entries);
    };
    const channel = await server();
    const { bridge } = bridged(channel.url, held);
    await until(() => channel.sockets.length === 1);
    channel.say(...many(35));
    await until(() => bridge.told().heard === 35);
    let over = false;
    const stopped = bridge.stop().then((told) => {
      over = true;
      return told;
    });
    await until(() => channel.wss.clients.size === 0);
    expect(over).toBe(false);
    await until(() => {
      release();
      return over;
    });
    expect(await stopped).toMatchObject({ heard: 35, put: 36, lost: 0, waiting: 0 });
    expect(ids()).toHaveLength(35);
  });

  it('gives up after its grace and says how many the bus never took', async () => {
    const { send } = bus(() => 'InternalFailure');
    const channel = await server();
    const { bridge, pass } = bridged(channel.url, send);
    await until(() => channel.sockets.length === 1);
    channel.say(...many(3));
    await until(() => bridge.told().heard === 3);
    const stopped = bridge.stop(5000);
    await until(() => channel.wss.clients.size === 0);
    await pass(60_000);
    expect(await stopped).toMatchObject({ put: 0, waiting: 4 });
  });
});
