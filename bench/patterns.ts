import { Category, Source } from '../shared/contracts/vocabulary.ts';
import { type CompiledPattern, compilePattern, createPatternIndex } from '../shared/pattern/index.ts';

/**
 * What it takes to find the rules that an event matches, as ratios of one run: 10,000 rules against 20, and the index against
 * asking each rule in turn. All three are measured in turns on the same events and their medians compared, so that other work
 * on the machine weighs on all alike. Exits with 1 where a bound does not hold.
 */
const FEW = 20;
const MANY = 10_000;
const ROUNDS = 301;
const EVENTS = 200;
const MOST_GROWTH = 1.5;
const LEAST_GAIN = 1;

const TYPES = [
  'gunshot.detected',
  'call.shots-fired',
  'plate.hit',
  'call.medical',
  'call.fire',
  'weather.alert',
  'cyber.incident',
  'officer.distress',
  'vehicle.wanted',
  'missing-person.reported',
];
const PRIORITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO'];

const pick = <T>(values: readonly T[], n: number): T => values[n % values.length] as T;

/** Each rule is a desk's own: a district watches some types of some sources, by category, priority, plate, place or confidence. */
const rule = (n: number): object => {
  const district = `district-${Math.floor(n / 10)}`;
  const kinds: object[] = [
    { source: [pick(Source.options, n)], 'detail-type': [pick(TYPES, n)], detail: { agency: [district] } },
    { 'detail-type': [pick(TYPES, n), pick(TYPES, n + 3)], detail: { agency: [district], priority: ['CRITICAL', 'HIGH'] } },
    { 'detail-type': [{ prefix: 'call.' }], detail: { agency: [district], category: [pick(Category.options, n)] } },
    { source: ['lpr_network'], detail: { agency: [district], data: { plate: [{ prefix: `K${n}` }] } } },
    { detail: { agency: [district], confidence: [{ numeric: ['>=', 0.7] }], threatLevel: [{ numeric: ['>', 0.5, '<=', 1] }] } },
    { source: [{ 'anything-but': ['swoe'] }], detail: { agency: [district], units: { kind: ['drone'], free: [true] } } },
    { detail: { agency: [district], $or: [{ priority: ['CRITICAL'] }, { data: { cameras: [{ numeric: ['>', 3] }] } }] } },
    { 'detail-type': ['plate.hit'], detail: { agency: [district], data: { plate: [{ suffix: `${n}Q` }] } } },
    { source: ['cyber_intel'], detail: { agency: [district], data: { ip: [{ cidr: `10.${(n >> 8) & 255}.${n & 255}.0/24` }] } } },
    { 'detail-type': [pick(TYPES, n)], detail: { agency: [district], data: { seenBefore: [{ exists: false }] } } },
  ];
  return pick(kinds, n);
};

const event = (n: number, district: number): object => ({
  version: '0',
  id: `0b2e5d0c-0000-4000-8000-${String(n).padStart(12, '0')}`,
  'detail-type': pick(TYPES, n * 7),
  source: pick(Source.options, n * 3),
  account: '000000000000',
  time: '2026-05-01T12:00:00Z',
  region: 'us-east-1',
  resources: [],
  detail: {
    id: `event-${n}`,
    agency: `district-${district}`,
    category: pick(Category.options, n),
    priority: pick(PRIORITIES, n),
    confidence: (n % 10) / 10,
    threatLevel: (n % 7) / 7,
    location: { lat: 26.77, lon: -80.05, radiusM: 50 },
    entities: [{ kind: 'plate', id: `K${n}` }],
    units: [
      { kind: 'car', free: true },
      { kind: 'drone', free: n % 2 === 0 },
    ],
    data: { plate: `K${n}Q`, cameras: n % 5, ip: `10.0.${n % 50}.7` },
    summary: 'x'.repeat(120),
  },
});

const compiled = (count: number): CompiledPattern[] => Array.from({ length: count }, (_, n) => compilePattern(rule(n)));

type Matcher = (event: object) => number;

const indexed = (count: number): Matcher => {
  const index = createPatternIndex<number>();
  for (const [n, pattern] of compiled(count).entries()) index.add(n, pattern);
  return (one) => index.matching(one).length;
};

const linear = (count: number): Matcher => {
  const rules = compiled(count);
  return (one) => rules.filter((pattern) => pattern.matches(one)).length;
};

const upTo = <T>(make: (n: number) => T): T[] => Array.from({ length: EVENTS }, (_, n) => make(n));
/** What the twenty rules are about, and what is spread over all ten thousand: there each event leads to memory that no other has touched. */
const here = upTo((n) => event(n, n % 2));
const everywhere = upTo((n) => event(n, (n * 5) % (MANY / 10)));

/** Nanoseconds an event. */
const timed = ({ match, events }: Setting): number => {
  const from = process.hrtime.bigint();
  for (const one of events) match(one);
  return Number(process.hrtime.bigint() - from) / EVENTS;
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

interface Setting {
  readonly title: string;
  readonly match: Matcher;
  readonly events: readonly object[];
}

const many = indexed(MANY);
const settings = {
  plain: { title: `${FEW}, asked in turn`, match: linear(FEW), events: here },
  few: { title: `${FEW}, indexed`, match: indexed(FEW), events: here },
  many: { title: `${MANY}, indexed`, match: many, events: here },
  spread: { title: `${MANY}, indexed, events from everywhere (not bounded)`, match: many, events: everywhere },
} satisfies Record<string, Setting>;
type Name = keyof typeof settings;
const names = Object.keys(settings) as Name[];

const times: Record<Name, number[]> = { plain: [], few: [], many: [], spread: [] };
for (let round = 0; round < ROUNDS; round += 1) for (const name of names) times[name].push(timed(settings[name]));

const matched = ({ match, events }: Setting): string => (events.reduce<number>((sum, one) => sum + match(one), 0) / EVENTS).toFixed(2);
console.log(`| rules | µs an event (median of ${ROUNDS}) | rules matched an event |\n|---|---:|---:|`);
for (const name of names)
  console.log(`| ${settings[name].title} | ${(median(times[name]) / 1000).toFixed(2)} | ${matched(settings[name])} |`);

const growth = median(times.many) / median(times.few);
const gain = median(times.plain) / median(times.few);
console.log(`\n${MANY} rules cost ${growth.toFixed(2)} times ${FEW} (at most ${MOST_GROWTH}).`);
console.log(`At ${FEW} rules the index is ${gain.toFixed(2)} times as fast as asking each in turn (at least ${LEAST_GAIN}).`);
if (growth > MOST_GROWTH || gain < LEAST_GAIN) process.exitCode = 1;
