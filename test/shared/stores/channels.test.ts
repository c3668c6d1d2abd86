import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { addFigures } from '../../../shared/domain/figures.ts';
import { type Counts, noCounts } from '../../../shared/stores/channels.ts';
import { sockets } from '../../functions/publish/ground.ts';

const frame = (from: number, to: number) => ({ channel: 'events', from, to, messages: [] });
const figures = fc.record({
  accepted: fc.nat(),
  fused: fc.nat(),
  failed: fc.nat(),
  dropped: fc.dictionary(fc.constantFrom('duplicate', 'stale'), fc.nat()),
});
const counts = (some: Partial<Counts>): Counts => ({ ...noCounts(), ...some });

describe('channels', () => {
  test('two publications from one position: the second is refused and changes nothing', async () => {
    const { channels, now } = sockets();
    const position = await channels.position(['journal-01', 'journal-02']);
    const one = { streams: [{ stream: 'journal-01', upTo: 2, counts: counts({ accepted: 2 }) }], hours: [], frames: [frame(1, 2)] };
    const two = { streams: [{ stream: 'journal-02', upTo: 1, counts: counts({ accepted: 1 }) }], hours: [], frames: [frame(1, 1)] };
    expect(await channels.publish(one, position, now())).toBe(true);
    expect(await channels.publish(two, position, now())).toBe(false);
    expect((await channels.counts()).accepted).toBe(2);
    const later = await channels.position(['journal-01', 'journal-02']);
    expect(await channels.publish({ ...two, frames: [frame(3, 3)] }, later, now())).toBe(true);
    expect((await channels.framesFrom('events', 1, 10)).map(({ from, to }) => [from, to])).toEqual([
      [1, 2],
      [3, 3],
    ]);
  });

  test('channels number their messages apart from each other', async () => {
    const { channels, now } = sockets();
    await channels.publish({ streams: [], hours: [], frames: [frame(1, 7)] }, await channels.position([]), now());
    expect([await channels.next('events'), await channels.next('alerts')]).toEqual([8, 1]);
  });

  test('what is kept of a channel goes after seven days', async () => {
    const { channels, now, client } = sockets();
    await channels.publish({ streams: [], hours: [], frames: [frame(1, 1)] }, await channels.position([]), now());
    const { Item } = await client.send(new GetCommand({ TableName: 'channels', Key: { pk: 'CHANNEL#events', sk: 'FROM#000000000001' } }));
    expect(Item?.['ttl']).toBe(now() / 1000 + 7 * 24 * 3600);
  });

  property.prop([figures, figures, figures])('the sum of ledgers does not depend on the order of the streams', (a, b, c) => {
    expect(addFigures(counts(a), addFigures(counts(b), counts(c)))).toEqual(addFigures(addFigures(counts(c), counts(b)), counts(a)));
  });
});
