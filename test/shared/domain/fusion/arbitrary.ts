import fc from 'fast-check';
import { type Observation, observe } from '../../../../shared/domain/fusion/index.ts';
import { normalised } from '../../../../shared/domain/normalise.ts';

const START = Date.UTC(2026, 10, 22, 16);

const TYPES = [
  'gunshot.detected',
  'call.shots-fired',
  'call.traffic',
  'call.medical',
  'officer.distress',
  'plate.hit',
  'call.opened',
  'call.cleared',
  'missing-person.reported',
  'sensor.smoke',
  'mass-casualty.declared',
  'risk.forecast',
  'call.theft',
];
const ENTITIES = [
  'plate=ABC 123',
  'plate=abc-123',
  'plate=UNKNOWN',
  'phone=+1 (561) 555-0134',
  'phone=5615550134',
  'unit=12',
  'cad-incident=RB-1',
  'cad-incident=RB-2',
  'site=TOWER',
  'address=1 Ocean #2',
  'address=1 Ocean #3',
  'case=C-9',
  'person-name=Maria Lopez',
  'person-dob=1951-03-02',
  'person-dob=1980-01-01',
  'person-phone=561 555 0199',
];

/** A few streets and hours, few names: dense enough that every rule holds and nearly holds. */
const told = fc.record({
  source: fc.constantFrom('dispatch' as const, 'cad_system' as const, 'gunshot_detection' as const, 'ai_sentinel' as const),
  type: fc.constantFrom(...TYPES),
  minutes: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 40 }) }, fc.integer({ min: 0, max: 2000 })),
  where: fc.option(fc.tuple(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 0, max: 300 }), fc.constantFrom(0, 25, 150, 300, 1200)), {
    freq: 5,
    nil: undefined,
  }),
  entities: fc.oneof({ weight: 4, arbitrary: fc.subarray(ENTITIES, { maxLength: 3 }) }, fc.constant<string[]>(['site=TOWER'])),
  threatLevel: fc.constantFrom(0, 0.7, 0.9),
  lateS: fc.integer({ min: 0, max: 600 }),
});

const seenOf = (one: (typeof told extends fc.Arbitrary<infer T> ? T : never) & { node: string }): Observation => {
  const at = START + one.minutes * 60_000;
  const location = one.where && { lat: 26.77 + one.where[0] / 111_195, lon: -80.06 + one.where[1] / 99_000, radiusM: one.where[2] };
  const entities = one.entities.map((entity) => ({ kind: entity.split('=')[0] ?? '', id: entity.split('=')[1] ?? '' }));
  const data = { location, entities, threatLevel: one.threatLevel };
  const envelope = { specversion: '1.0' as const, id: one.node, source: 'test', type: one.type, time: new Date(at).toISOString(), data };
  return observe(one.node, `${one.source}#${one.node}`, normalised(one.source, envelope, at, at + one.lateS * 1000));
};

/** Up to so many observations, each with a node of its own. */
export const observations = (maxLength: number, minLength = 0): fc.Arbitrary<Observation[]> =>
  fc.array(told, { minLength, maxLength }).map((all) => all.map((one, n) => seenOf({ ...one, node: `n${String(n).padStart(3, '0')}` })));

export const pair: fc.Arbitrary<[Observation, Observation]> = observations(2, 2).map(([a, b]) => [a as Observation, b as Observation]);

/** Observations, and the same in another order with some of them twice. */
export const shuffled = (maxLength: number): fc.Arbitrary<{ all: Observation[]; again: Observation[] }> =>
  observations(maxLength, 1).chain((all) =>
    fc
      .record({ order: fc.shuffledSubarray(all, { minLength: all.length }), twice: fc.subarray(all) })
      .map(({ order, twice }) => ({ all, again: [...order, ...twice] })),
  );
