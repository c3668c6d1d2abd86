import { describe, expect, test } from 'vitest';
import { entry, streamed } from '../publish/ground.ts';
import { said, withFrames } from './support.ts';

const subscribe = (filter: object) => said('c1', { action: 'subscribe', filter });
const ranges = (frames: readonly object[]) => frames.map((frame) => [(frame as { from?: number }).from, (frame as { to?: number }).to]);

describe('subscribe', () => {
  test('is answered with the filter and the number from which it holds', async () => {
    const { connect, words, connections } = await withFrames();
    await connect(subscribe({ priorities: ['LOW'], sources: ['cad_system'] }));
    expect(words()).toEqual([{ channel: 'events', subscribed: { priorities: ['LOW'], sources: ['cad_system'] }, next: 21 }]);
    expect((await connections.get('events', 'c1'))?.filter).toEqual({ priorities: ['LOW'], sources: ['cad_system'] });
  });

  test('what is pushed from then on fits the filter, and its ranges leave no gap', async () => {
    const { connect, publish, framesTo } = await withFrames();
    await connect(subscribe({ priorities: ['LOW'] }));
    for (const [seq, priority] of [
      [21, 'HIGH'],
      [22, 'LOW'],
      [23, 'HIGH'],
    ] as const)
      await publish(streamed(entry('journal-01', seq, 'event.fused', { priority })));
    const frames = framesTo('c1').slice(1);
    expect(ranges(frames)).toEqual([
      [21, 21],
      [22, 22],
      [23, 23],
    ]);
    expect(frames.flatMap(({ messages }) => messages.map(({ seq }) => seq))).toEqual([22]);
  });

  test('what is resumed fits the filter, and frames of which nothing is left cost no push of their own', async () => {
    const { connect, words, publish } = await withFrames();
    await publish(streamed(entry('journal-02', 1, 'event.fused', { agency: 'wpb' })));
    await connect(subscribe({ agencies: ['wpb'] }));
    await connect(said('c1', { action: 'resume', from: 1 }));
    const frames = words().slice(2, -1);
    expect(frames).toMatchObject([
      { from: 1, to: 20, messages: [] },
      { from: 21, to: 21, messages: [{ about: { agency: 'wpb' } }] },
    ]);
    expect(words().at(-1)).toEqual({ channel: 'events', resumed: true, next: 22 });
  });

  test('without a filter everything is wanted again', async () => {
    const { connect, connections } = await withFrames();
    await connect(subscribe({ workflow: 'gunfire-response' }));
    await connect(said('c1', { action: 'subscribe' }));
    expect((await connections.get('events', 'c1'))?.filter).toBeUndefined();
  });

  test.each<[string, object, string]>([
    ['a category that is none', { categories: ['NOISE'] }, 'filter.categories.0'],
    ['an empty list', { sources: [] }, 'filter.sources'],
    ['a field that is none', { colour: 'red' }, 'colour'],
    ['a field that this channel never says', { executionId: 'x' }, 'executionId'],
    ['a topic of another channel', { topics: ['step-completed'] }, 'filter.topics.0'],
  ])('%s is refused by name, and the filter stays as it was', async (_, filter, named) => {
    const { connect, words, connections } = await withFrames();
    await connect(subscribe({ workflow: 'gunfire-response' }));
    await connect(subscribe(filter));
    expect(words()[1]).toMatchObject({ error: expect.stringContaining(named), accepted: expect.any(Array) });
    expect((await connections.get('events', 'c1'))?.filter).toEqual({ workflow: 'gunfire-response' });
  });
});
