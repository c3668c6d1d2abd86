import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { LANES } from '../../../../functions/ingest/screen/lanes.ts';
import { delayTo } from '../../../../functions/ingest/screen/later.ts';
import { Priority, priorityRank, Source } from '../../../../shared/contracts/vocabulary.ts';
import { sources } from '../../../../shared/sources/index.ts';
import { type Arrival, gate, normal, play } from './ground.ts';

const arrival = fc.record<Arrival>({
  after: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 4000 })),
  priorities: fc.array(fc.constantFrom(...Priority.options), { minLength: 1, maxLength: 10 }),
});
/** Its burst is more than a second of its rate, as every source's must be. */
const promise = fc
  .record({ perSecond: fc.integer({ min: 1, max: 40 }), more: fc.integer({ min: 1, max: 30 }), buffer: fc.integer({ min: 0, max: 60 }) })
  .map(({ perSecond, more, buffer }) => ({ rate: { perSecond, burst: perSecond + more }, buffer }));
const patterns = fc.tuple(promise, fc.array(arrival, { minLength: 1, maxLength: 40 }));

test('every source may say more at once than it is promised a second: SQS counts delays in whole seconds', () => {
  for (const source of Source.options) expect(sources[source].rate.burst, source).toBeGreaterThan(sources[source].rate.perSecond);
});

describe('whatever arrives and whenever', () => {
  test.prop([patterns], { numRuns: 60 })('no more passes within any time than its burst and its rate', async ([spec, arrivals]) => {
    const { passed } = await play(gate(spec), arrivals);
    const times = passed.filter(({ normal: { event } }) => event.priority !== 'CRITICAL').map(({ at }) => at);
    for (const [first, from] of times.entries())
      for (let last = first; last < times.length; last += 1)
        expect(last - first + 1).toBeLessThanOrEqual(spec.rate.burst + (spec.rate.perSecond * ((times[last] ?? 0) - from)) / 1000);
  });

  test.prop([patterns], { numRuns: 60 })('each event passes or is shed, and no event both or neither', async ([spec, arrivals]) => {
    const { passed, shed } = await play(gate(spec), arrivals);
    const ends = [...passed.map(({ normal: { key } }) => key), ...shed.map(({ normal: { key } }) => key)].sort();
    const came = arrivals.flatMap(({ priorities }) => priorities).map((_, at) => `cctv_network#e${at + 1}`);
    expect(ends).toEqual(came.sort());
  });

  test.prop([patterns], { numRuns: 60 })('CRITICAL passes in the moment in which it comes', async ([spec, arrivals]) => {
    const { batches } = await play(gate(spec), arrivals);
    for (const { normals, screened } of batches)
      for (const one of normals) if (one.event.priority === 'CRITICAL') expect(screened.pass).toContain(one);
  });

  test.prop([patterns], { numRuns: 60 })('never do more wait than the bound', async ([spec, arrivals]) => {
    expect((await play(gate(spec), arrivals)).most).toBeLessThanOrEqual(spec.buffer);
  });

  test.prop([patterns], { numRuns: 60 })('of a batch nothing is shed while something less grave is let in', async ([spec, arrivals]) => {
    const { batches } = await play(gate(spec), arrivals);
    for (const { screened } of batches) {
      const gravest = Math.min(...screened.shed.map(({ normal: { event } }) => priorityRank(event.priority)));
      for (const {
        normal: { event },
      } of screened.later)
        expect(priorityRank(event.priority)).toBeLessThanOrEqual(gravest);
    }
  });
});

test.each([
  { perSecond: 10, burst: 11, buffer: 100 },
  { perSecond: 7, burst: 20, buffer: 30 },
])('a source that says ten times what it was promised is let in at its rate, burst $burst and $perSecond a second', async (promised) => {
  const { perSecond, burst, buffer } = promised;
  const seconds = 40;
  const tenth = { after: 100, priorities: Array.from({ length: perSecond }, (): Priority => 'MEDIUM') };
  const { passed } = await play(gate({ rate: { perSecond, burst }, buffer }), Array(seconds * 10).fill(tenth));
  const times = passed.map(({ at }) => at);
  const [began = 0] = times;
  for (let second = 1; second <= seconds; second += 1) {
    const inTime = times.filter((at) => at - began <= second * 1000).length;
    expect(inTime).toBeLessThanOrEqual(burst + perSecond * second);
    // A turn is taken up to a second late, when its message is visible again.
    expect(inTime).toBeGreaterThanOrEqual(burst + Math.floor(perSecond * (second - 1)) - 1);
  }
});

describe('when nothing of a second’s flood can pass', () => {
  const spec = { rate: { perSecond: 10, burst: 11 }, buffer: 100 };
  const flood = (priority: Priority, prefix = priority) =>
    Array.from({ length: 200 }, (_, n) => normal({ id: `${prefix}-${n}`, priority }));
  const inTens = async (ground: ReturnType<typeof gate>, all: ReturnType<typeof flood>) => {
    const sums = { pass: 0, later: 0, shed: 0 };
    for (let from = 0; from < all.length; from += 10) {
      const { pass, later, shed } = await ground.screen(all.slice(from, from + 10));
      sums.pass += pass.length;
      sums.later += later.length;
      sums.shed += shed.length;
    }
    return sums;
  };

  test('INFO is shed at 60 in a hundred, LOW at 70, MEDIUM at 85 and HIGH at the bound', async () => {
    const ground = gate(spec);
    expect(await inTens(ground, flood('INFO'))).toEqual({ pass: 11, later: 60, shed: 129 });
    expect(await inTens(ground, flood('LOW'))).toEqual({ pass: 0, later: 10, shed: 190 });
    expect(await inTens(ground, flood('MEDIUM'))).toEqual({ pass: 0, later: 15, shed: 185 });
    expect(await inTens(ground, flood('HIGH'))).toEqual({ pass: 0, later: 15, shed: 185 });
    expect(await inTens(ground, flood('CRITICAL'))).toEqual({ pass: 200, later: 0, shed: 0 });
  });

  test('CRITICAL makes others wait and sheds none of them', async () => {
    const ground = gate(spec);
    expect(await inTens(ground, flood('CRITICAL'))).toEqual({ pass: 200, later: 0, shed: 0 });
    const { pass, later, shed } = await ground.screen([normal({ id: 'after', priority: 'INFO' })]);
    expect({ pass, shed }).toEqual({ pass: [], shed: [] });
    expect(later.map(({ turn }) => delayTo(turn, ground.now()))).toEqual([6]);
  });

  test('a fact and a correction are never shed: they wait while there is room, and then go ahead', async () => {
    const ground = gate(spec);
    const fact = (n: number) => normal({ id: `fact-${n}`, type: 'fact.asserted', priority: 'INFO', category: 'GOVERNANCE' });
    await inTens(ground, flood('INFO'));
    expect((await ground.screen([fact(1)])).later).toHaveLength(1);
    await inTens(ground, flood('HIGH'));
    const mended = normal({ id: 'mended', priority: 'INFO', data: { corrects: { id: 'INFO-1' } } });
    expect((await ground.screen([fact(2), mended])).pass.map(({ event }) => event.id)).toEqual(['fact-2', 'mended']);
  });

  test('a unit’s word waits beyond where INFO is shed, and is shed at the bound with HIGH', async () => {
    const ground = gate(spec);
    const unit = (n: number) => normal({ id: `unit-${n}`, type: 'unit.status', priority: 'INFO' });
    await inTens(ground, flood('INFO'));
    expect((await ground.screen([unit(1)])).later).toHaveLength(1);
    await inTens(ground, flood('HIGH'));
    expect((await ground.screen([unit(2)])).shed).toMatchObject([{ reason: 'shed:INFO', limit: 100, buffer: 100 }]);
  });

  test('a message that was received before is shed no more, for a copy of it may be waiting', async () => {
    const ground = gate(spec);
    await inTens(ground, flood('HIGH'));
    const again = normal({ id: 'again', priority: 'INFO' }, { count: 2 });
    expect(await ground.screen([again])).toMatchObject({ pass: [again], shed: [], later: [] });
  });

  test('whose turn lies beyond the longest delay of a queue waits more than once and is charged once', async () => {
    const ground = gate({ rate: { perSecond: 1, burst: 2 }, buffer: 2000 });
    await inTens(
      ground,
      Array.from({ length: 1000 }, (_, n) => normal({ id: `slow-${n}`, priority: 'HIGH' })),
    );
    const [{ turn } = { turn: 0 }] = (await ground.screen([normal({ id: 'last', priority: 'HIGH' })])).later;
    expect(delayTo(turn, ground.now())).toBe(900);
    ground.pass(900_000);
    const before = await ground.stores.sources.health();
    const back = await ground.screen([normal({ id: 'last', priority: 'HIGH' }, { turn })]);
    expect(back.later.map((one) => one.turn)).toEqual([turn]);
    expect(delayTo(turn, ground.now())).toBe((turn - ground.now()) / 1000);
    ground.pass(turn - ground.now());
    expect((await ground.screen([normal({ id: 'last', priority: 'HIGH' }, { turn })])).pass).toHaveLength(1);
    expect(await ground.stores.sources.health()).toEqual(before);
  });
});

test('the lanes are in the order of the priorities, and only what is graver may fill a buffer further', () => {
  const shedding = [LANES.HIGH, LANES.MEDIUM, LANES.LOW, LANES.INFO];
  expect(shedding.map(({ share }) => share)).toEqual([1, 0.85, 0.7, 0.6]);
  for (const [at, lane] of shedding.entries()) expect(lane).toMatchObject({ rank: at + 1, waits: true, beyond: 'shed' });
  expect(LANES.CRITICAL.share).toBeLessThan(LANES.INFO.share);
});
