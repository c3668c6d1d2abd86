import { describe, expect, test } from 'vitest';
import { create } from '../../../functions/publish/handler.ts';
import { entry, sockets, streamed } from './ground.ts';

const A = 'journal-01';
const B = 'journal-02';
const life = (stream: string) => [
  entry(stream, 1, 'event.accepted', { eventKey: 'k' }),
  entry(stream, 2, 'event.fused', { eventKey: 'k' }, { incidentId: 'i' }),
  entry(stream, 3, 'match.made', { workflow: 'gunfire-response' }),
  entry(stream, 4, 'match.started', { workflow: 'gunfire-response' }),
  entry(stream, 5, 'workflow.started', { workflow: 'gunfire-response' }, { executionId: 'e' }),
];

describe('publish', () => {
  test('a batch is counted in the ledger and told on its channels', async () => {
    const ground = sockets();
    await ground.listen('events', 'c1');
    await ground.listen('workflow-status', 'c2');
    await ground.listen('alerts', 'c3');
    await create(ground.runtime)(streamed(...life(A)));
    expect(await ground.channels.counts()).toMatchObject({ accepted: 1, fused: 1, matched: 1, started: 1, completed: 0, dropped: {} });
    expect(ground.framesTo('c1')).toEqual([{ channel: 'events', from: 1, to: 3, messages: expect.any(Array) }]);
    expect(ground.framesTo('c1')[0]?.messages.map(({ seq, kind }) => [seq, kind])).toEqual([
      [1, 'event.fused'],
      [2, 'match.made'],
      [3, 'match.started'],
    ]);
    expect(ground.framesTo('c2')[0]?.messages.map(({ kind }) => kind)).toEqual(['workflow.started']);
    expect(ground.framesTo('c3')[0]?.messages.map(({ kind, executionId }) => [kind, executionId])).toEqual([['workflow.started', 'e']]);
  });

  test('a second delivery counts nothing and tells nothing', async () => {
    const ground = sockets();
    await ground.listen('events', 'c1');
    const publish = create(ground.runtime);
    await publish(streamed(...life(A)));
    await publish(streamed(...life(A)));
    expect((await ground.channels.counts()).accepted).toBe(1);
    expect(ground.framesTo('c1')).toHaveLength(1);
    expect(await ground.channels.next('events')).toBe(4);
  });

  test('a batch that overlaps an earlier one adds only what is new', async () => {
    const ground = sockets();
    const publish = create(ground.runtime);
    await publish(streamed(...life(A).slice(0, 3)));
    await publish(streamed(...life(A)));
    expect(await ground.channels.counts()).toMatchObject({ accepted: 1, fused: 1, matched: 1, started: 1 });
    const frames = await ground.channels.framesFrom('events', 1, 10);
    expect(frames.map(({ from, to }) => [from, to])).toEqual([
      [1, 2],
      [3, 3],
    ]);
  });

  test('invocations that run at once give every message one number and lose none', async () => {
    const ground = sockets();
    await ground.listen('events', 'c1');
    const publish = create(ground.runtime);
    await Promise.all([publish(streamed(...life(A))), publish(streamed(...life(B))), publish(streamed(...life(A)))]);
    expect((await ground.channels.counts()).fused).toBe(2);
    const stored = await ground.channels.framesFrom('events', 1, 10);
    expect(stored.flatMap(({ messages }) => messages.map(({ seq }) => seq))).toEqual([1, 2, 3, 4, 5, 6]);
    for (const pushed of ground.framesTo('c1')) expect(stored).toContainEqual(pushed);
  });

  test.each(Array.from({ length: 20 }, (_, seed) => seed))(
    'in any interleaving (%i) the journal is counted and told once, without a gap',
    async (seed) => {
      const ground = sockets({ seed, shuffle: true });
      const commit = (subject: string, n: number) =>
        ground.stores.journal.commit(subject, [
          { kind: 'event.accepted', actor: 'system/test', data: { subject, n } },
          { kind: 'event.fused', actor: 'system/test', data: { subject, n } },
        ]);
      for (let n = 0; n < 6; n += 1) for (const subject of ['a', 'b', 'c']) await commit(subject, n);
      const entries = (await ground.entries()).sort((a, b) => (a.hash < b.hash ? -1 : 1));
      const cut = (from: number, to: number) => create(ground.runtime)(streamed(...entries.slice(from, to)));
      await ground.settle(Promise.all([cut(0, 12), cut(6, 20), cut(18, 36), cut(30, 36)]));
      expect(await ground.settle(ground.channels.counts())).toMatchObject({ accepted: 18, fused: 18 });
      const messages = (await ground.settle(ground.channels.framesFrom('events', 1, 100))).flatMap((frame) => frame.messages);
      expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 18 }, (_, index) => index + 1));
      for (const subject of ['a', 'b', 'c']) {
        expect(messages.filter(({ data }) => data['subject'] === subject).map(({ data }) => data['n'])).toEqual([0, 1, 2, 3, 4, 5]);
      }
    },
  );

  test('what the stream did not deliver is read from the journal, in its order', async () => {
    const ground = sockets();
    const done = await ground.stores.journal.commit('i', [
      { kind: 'event.accepted', actor: 'system/test', data: { n: 1 } },
      { kind: 'event.fused', actor: 'system/test', data: { n: 2 } },
      { kind: 'event.accepted', actor: 'system/test', data: { n: 3 } },
      { kind: 'event.dropped', actor: 'system/test', data: { n: 4, reason: 'duplicate' } },
    ]);
    const [, , , last] = done.ok ? done.entries : [];
    const publish = create(ground.runtime);
    await publish(streamed(...(last ? [last] : [])));
    expect(await ground.channels.counts()).toMatchObject({ accepted: 2, fused: 1, dropped: { duplicate: 1 } });
    const [frame] = await ground.channels.framesFrom('events', 1, 10);
    expect(frame?.messages.map(({ data }) => data['n'])).toEqual([2, 4]);
  });

  test('one connection in trouble stops nobody else', async () => {
    const ground = sockets();
    for (const id of ['gone', 'slow', 'well']) await ground.listen('events', id);
    ground.trouble.set('gone', 'GoneException');
    ground.trouble.set('slow', 'LimitExceededException');
    await create(ground.runtime)(streamed(...life(A)));
    expect(ground.framesTo('well')).toHaveLength(1);
    expect((await ground.connections.on('events')).map(({ id }) => id)).toEqual(['slow', 'well']);
    expect(ground.lines).toEqual([expect.objectContaining({ line: 'push.failed', connectionId: 'slow' })]);
  });

  test('a connection that is only being made is not forgotten for looking gone', async () => {
    const ground = sockets();
    await ground.listen('events', 'new', { connectedAt: ground.now() });
    ground.trouble.set('new', 'GoneException');
    await create(ground.runtime)(streamed(...life(A)));
    expect(await ground.connections.on('events')).toHaveLength(1);
  });

  test('an expired token ends the connection and is pushed nothing', async () => {
    const ground = sockets();
    await ground.listen('events', 'old', { expiresAt: ground.now() });
    await create(ground.runtime)(streamed(...life(A)));
    expect(ground.hungUp).toEqual(['old']);
    expect(ground.sent).toEqual([]);
    expect(await ground.connections.on('events')).toEqual([]);
  });

  test('frames stay under what API Gateway pushes, and their ranges leave no gap', async () => {
    const ground = sockets();
    await ground.listen('events', 'c1');
    const big = Array.from({ length: 6 }, (_, n) => entry(A, n + 1, 'event.fused', { text: 'x'.repeat(50_000) }));
    await create(ground.runtime)(streamed(...big, entry(A, 7, 'event.fused', { text: 'x'.repeat(200_000) })));
    const frames = ground.framesTo('c1');
    expect(frames.map(({ from, to }) => [from, to])).toEqual([
      [1, 2],
      [3, 4],
      [5, 7],
    ]);
    for (const frame of frames) expect(Buffer.byteLength(JSON.stringify(frame))).toBeLessThan(128 * 1024);
    expect(frames.at(-1)?.messages.at(-1)?.data).toEqual({ omitted: expect.stringContaining('GET /audit') });
  });

  test('more than one transaction can hold is published in several, whole', async () => {
    const ground = sockets();
    const many = Array.from({ length: 60 }, (_, n) => entry(A, n + 1, 'step.failed', { text: 'x'.repeat(100_000) }));
    await create(ground.runtime)(streamed(...many));
    expect(await ground.channels.next('alerts')).toBe(61);
    expect(await ground.channels.next('workflow-status')).toBe(61);
  });
});
