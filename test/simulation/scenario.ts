import { seededRandom } from '../../local/kernel/random.ts';

/** A thing that happens in the city, `at` milliseconds after the run began. */
export type Happening =
  /** A subsystem puts an event on the bus, and again until the bus has taken it. `detail` is what it sends, text as it is. */
  | { readonly at: number; readonly kind: 'event'; readonly source: string; readonly type: string; readonly detail: unknown }
  /** An operator stops the n-th execution that ever started. */
  | { readonly at: number; readonly kind: 'stop'; readonly nth: number }
  /** A supervisor takes the n-th execution that ever started out of the machine's hands, or gives it back. */
  | { readonly at: number; readonly kind: 'command'; readonly op: 'pause' | 'resume' | 'cancel' | 'redrive'; readonly nth: number }
  /** A watch commander pauses the whole engine for so long (ms). */
  | { readonly at: number; readonly kind: 'halt'; readonly forMs: number }
  /** A dispatcher asks for the workflow. */
  | { readonly at: number; readonly kind: 'request'; readonly north: number };

export interface Scenario {
  readonly happenings: readonly Happening[];
}

/** The marina of Riviera Beach; the fleet stands along one street north of it. */
export const MARINA = { lat: 26.7753, lon: -80.0581 };
export const placeAt = (northM: number, radiusM = 25) => ({ lat: MARINA.lat + northM / 111_195, lon: MARINA.lon, radiusM });

export interface Dice {
  chance(p: number): boolean;
  /** A whole number, both ends included. */
  whole(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
}

export const diceOf = (seed: string): Dice => {
  const random = seededRandom(seed);
  const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  return { chance: (p) => random() < p, whole, pick: (list) => list[whole(0, list.length - 1)] as (typeof list)[number] };
};

const envelope = (id: string, type: string, data: object, more: object = {}) => ({
  specversion: '1.0',
  id,
  source: 'sensor-12',
  type,
  data,
  ...more,
});

const shot = (dice: Dice, at: number, id: string, north: number): Happening => {
  const sensor = dice.chance(0.6);
  const [source, type] = sensor ? ['gunshot_detection', 'gunshot.detected'] : ['cad_system', 'call.shots-fired'];
  const entities = dice.chance(0.3) ? [{ kind: 'cad-incident', id: `C-${Math.round(north / 1000)}` }] : [];
  const confidence = dice.chance(0.9) ? 0.93 : 0.4;
  return { at, kind: 'event', source, type, detail: envelope(id, type, { location: placeAt(north), confidence, entities }) };
};

/** Shots at one place: some are heard twice, some so far apart that only a third one joins them. */
const gunfire = (dice: Dice, nth: number, at: number): Happening[] => {
  const home = nth * dice.pick([0, 700, 1500, 2500]);
  const spread = dice.pick([0, 60, 290, 290]);
  const heard = [...Array(dice.pick([1, 1, 2, 2, 3, 4])).keys()].map((n) =>
    shot(dice, at + (n === 0 ? 0 : dice.whole(0, dice.pick([50, 3000, 60_000]))), `shot-${nth}-${n}`, home + spread * ((n * 2) % 3) * 0.5),
  );
  return heard.flatMap((one) => (dice.chance(0.15) ? [one, { ...one, at: one.at + dice.whole(0, 5000) }] : [one]));
};

/** Shots that wander up a street, each near the one before: together they are more than one incident. */
const wandering = (dice: Dice, at: number): Happening[] =>
  [...Array(dice.whole(7, 9)).keys()].map((n) => shot(dice, at + dice.whole(0, 30_000), `street-${n}`, 4000 + n * dice.whole(130, 170)));

/** A feed of earthquakes, put whole: one message of several events, one of them broken at times, and the feed may be put again with more in it. */
const feeds = (dice: Dice, at: number): Happening[] => {
  const quake = (n: number) => ({
    type: 'Feature',
    id: `q${n}`,
    properties: { mag: 3 + n / 10, time: Date.UTC(2026, 10, 22, 16), updated: Date.UTC(2026, 10, 22, 16, n), net: 'xx', ids: `,q${n},` },
    geometry: { type: 'Point', coordinates: [MARINA.lon, MARINA.lat + dice.pick([0, 0, 3]), 10] },
  });
  const put = (features: readonly unknown[], after: number): Happening => ({
    at: at + after,
    kind: 'event',
    source: 'sensor_grid',
    type: 'usgs.feed',
    detail: { type: 'FeatureCollection', features },
  });
  const first = [...Array(dice.pick([2, 3, 12])).keys()].map(quake);
  const second = dice.chance(0.5) ? [...first, { type: 'Feature', properties: {} }] : [...first, quake(30)];
  return dice.chance(0.6) ? [put(first, 0), put(second, dice.pick([0, 20, 30_000]))] : [put(second, 0)];
};

const useless = (dice: Dice, nth: number, at: number): Happening =>
  dice.pick<Happening>([
    { at, kind: 'event', source: 'who_knows', type: 'gunshot.detected', detail: envelope(`x-${nth}`, 'gunshot.detected', {}) },
    { at, kind: 'event', source: 'gunshot_detection', type: 'gunshot.detected', detail: { hello: 'world' } },
    { at, kind: 'event', source: 'cad_system', type: 'call.medical', detail: '{"not json' },
    {
      at,
      kind: 'event',
      source: 'gunshot_detection',
      type: 'gunshot.detected',
      detail: envelope(`late-${nth}`, 'gunshot.detected', { location: placeAt(0), confidence: 0.9 }, { time: '9999-01-01T00:00:00Z' }),
    },
    {
      at,
      kind: 'event',
      source: 'drone_ops',
      type: 'action.completed',
      detail: { actionId: `gunfire-response-NONE/sendDrone/${nth}` },
    },
  ]);

const other = (dice: Dice, nth: number, at: number): Happening => {
  const type = dice.pick(['call.medical', 'call.traffic', 'call.fire', 'plate.seen']);
  const entities = dice.chance(0.5) ? [{ kind: 'plate', id: dice.pick(['ABC 123', 'abc-123', 'XYZ 9']) }] : [];
  return {
    at,
    kind: 'event',
    source: 'cad_system',
    type,
    detail: envelope(`other-${nth}`, type, { location: placeAt(dice.whole(0, 600)), entities }),
  };
};

const unitWord = (dice: Dice, nth: number, at: number): Happening => {
  const [id, type] = dice.pick([
    ['car-1', 'VEHICLE'],
    ['officer-2', 'OFFICER'],
    ['drone-1', 'DRONE'],
    ['officer-9', 'OFFICER'],
  ]);
  const status = dice.pick(['AVAILABLE', 'AVAILABLE', 'BUSY', 'OUT_OF_SERVICE']);
  const data = { unit: { id, type, status }, location: placeAt(dice.whole(100, 1500), 5) };
  return { at, kind: 'event', source: 'dispatch', type: 'unit.status', detail: envelope(`unit-${nth}`, 'unit.status', data) };
};

/** An operator stops a run soon after it began, when much of it is under way, or late. */
const stops = (dice: Dice, shots: readonly Happening[]): Happening[] => {
  if (dice.chance(0.5)) return [];
  const after = dice.whole(100, dice.pick([700, 3000, 12_000, 90_000]));
  return [{ at: dice.pick(shots).at + after, kind: 'stop', nth: dice.whole(0, 1) }];
};

/** When a supervisor looks again at what was paused (ms). */
const LOOKS_AGAIN_MS = [240_000, 900_000];

/** A supervisor pauses a run and lets it go on, or ends it; and takes up one that ended. None is left paused. */
const commands = (dice: Dice, shots: readonly Happening[]): Happening[] => {
  if (dice.chance(0.5)) return [];
  const nth = dice.whole(0, 1);
  const from = dice.pick(shots).at + dice.whole(50, dice.pick([900, 5000, 20_000]));
  const till = from + dice.whole(20, dice.pick([2000, 60_000]));
  const op = dice.pick(['resume', 'resume', 'cancel'] as const);
  const paused: Happening[] = dice.chance(0.8)
    ? [
        { at: from, kind: 'command', op: 'pause', nth },
        { at: till, kind: 'command', op, nth },
        // A pause that a crash delayed may land after the word that was to end it: whoever paused looks again.
        ...(op === 'resume' ? LOOKS_AGAIN_MS.map((ms): Happening => ({ at: till + ms, kind: 'command', op, nth })) : []),
      ]
    : [{ at: from, kind: 'command', op: 'cancel', nth }];
  const again: Happening = { at: till + dice.whole(5000, 200_000), kind: 'command', op: 'redrive', nth };
  return dice.chance(0.4) ? [...paused, again] : paused;
};

/** The engine is paused while much of a run is under way, or before anything happens; once or twice. */
const halts = (dice: Dice, shots: readonly Happening[]): Happening[] => {
  if (dice.chance(0.7)) return [];
  return [...Array(dice.pick([1, 1, 2])).keys()].map((n): Happening => {
    const at = Math.max(0, dice.pick(shots).at + dice.whole(dice.pick([-500, -60_000]), dice.pick([700, 5000, 60_000])) + n * 400_000);
    return { at, kind: 'halt', forMs: dice.whole(100, dice.pick([3000, 60_000, 300_000])) };
  });
};

/** A shooter where shots were heard: the graver response takes over, where there is one. */
const shooters = (dice: Dice, shots: readonly Happening[]): Happening[] => {
  const [heard] = shots;
  if (heard?.kind !== 'event' || dice.chance(0.75)) return [];
  const { data } = heard.detail as { data: { location: unknown } };
  const type = 'panic.active-shooter';
  const detail = envelope('panic-1', type, { location: data.location, confidence: 0.95 });
  return [{ at: heard.at + dice.whole(0, dice.pick([300, 20_000])), kind: 'event', source: 'officer_safety', type, detail }];
};

/** What happens in the city under this seed: one to four gunfires that want the same few units, and what else a day brings. */
export const scenarioOf = (seed: string): Scenario => {
  const dice = diceOf(`${seed}/scenario`);
  const within = dice.pick([1000, 20_000, 200_000]);
  const many = <T>(count: number, make: (nth: number, at: number) => T): T[] =>
    [...Array(count).keys()].map((nth) => make(nth, dice.whole(0, within)));
  const shots = many(dice.pick([1, 1, 1, 1, 1, 2, 2, 3]), (nth, at) => gunfire(dice, nth, at)).flat();
  const street = diceOf(`${seed}/street`);
  const feed = diceOf(`${seed}/feed`);
  const engine = diceOf(`${seed}/engine`);
  const happenings = [
    ...shots,
    ...many(dice.whole(0, 2), (nth, at) => useless(dice, nth, at)),
    ...many(dice.whole(0, 2), (nth, at) => other(dice, nth, at)),
    ...many(dice.whole(0, 2), (nth, at) => unitWord(dice, nth, at)),
    ...many(dice.chance(0.2) ? 1 : 0, (_, at): Happening => ({ at, kind: 'request', north: dice.whole(0, 900) })),
    ...stops(dice, shots),
    ...commands(dice, shots),
    ...shooters(dice, shots),
    ...halts(engine, shots),
    ...(street.chance(0.1) ? wandering(street, street.whole(0, within)) : []),
    ...(feed.chance(0.15) ? feeds(feed, feed.whole(0, within)) : []),
  ];
  return { happenings: happenings.sort((a, b) => a.at - b.at) };
};
