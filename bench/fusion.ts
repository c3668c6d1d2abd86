import { type Observation, relate, rules } from '../shared/domain/fusion/index.ts';
import { familyOf, sources } from '../shared/sources/index.ts';
import { afterwards, scenarios } from '../test/fusion-scenarios/index.ts';
import { judge, measure, measureRule } from '../test/fusion-scenarios/judged.ts';
import { neighbourhood } from '../test/fusion-scenarios/neighbourhood.ts';
import { dice } from '../test/support/dice.ts';

/** How well fusion tells incidents apart, by a set that was labelled by hand; and what finding an event's neighbours costs among many. */
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const judged = scenarios.map((scenario) => judge(scenario));
const overall = measure(judged);
const later = measure(judged.filter(({ scenario }) => afterwards.includes(scenario)));
const categories = new Set(
  scenarios.flatMap(({ incidents }) => Object.values(incidents).flatMap((all) => all.map(({ source }) => source))),
);

console.log(
  `${scenarios.length} labelled scenarios, ${overall.truly} pairs of events that are one incident, ${categories.size} of ${Object.keys(sources).length} sources\n`,
);
console.log('| set | precision | recall | pairs made rightly | scenarios exactly as labelled |\n|---|---:|---:|---:|---:|');
const row = (name: string, { precision, recall, rightly, made, exact }: ReturnType<typeof measure>, of: number): string =>
  `| ${name} | ${percent(precision)} | ${percent(recall)} | ${rightly} of ${made} | ${exact} of ${of} |`;
console.log(row('all', overall, scenarios.length));
console.log(row('written after the rules had their numbers', later, afterwards.length));

console.log(
  '\n| rule | pairs it relates by itself | of them rightly | scenarios that try it: precision | recall | pairs lost without it |\n|---|---:|---:|---:|---:|---:|',
);
for (const rule of rules) {
  const { direct, tried, lostWithout } = measureRule(rule, scenarios, judged);
  console.log(
    `| ${rule.strategy} (${rule.name}) | ${direct.made} | ${percent(direct.precision)} | ${percent(tried.precision)} | ${percent(tried.recall)} | ${lostWithout} |`,
  );
}

console.log('\nNot as labelled:');
for (const { scenario, wrong } of judged.filter(({ wrong }) => wrong.length > 0)) console.log(`- ${scenario.title}: ${wrong.join('; ')}`);

/** A city's day in which so many events are live: 16 km by 16 km, a few matters, some plates and telephones twice. */
const TYPES = ['call.traffic', 'call.medical', 'gunshot.detected', 'call.fire', 'plate.hit', 'call.received', 'sensor.smoke', 'call.fight'];
const live = (count: number): Observation[] => {
  const roll = dice(7);
  return Array.from({ length: count }, (_, n) => {
    const at = new Date(Date.UTC(2026, 10, 21) + Math.floor(roll() * 24 * 3_600_000)).toISOString();
    const type = TYPES[Math.floor(roll() * TYPES.length)] ?? 'call.other';
    const base = { node: `n${n}`, eventKey: `dispatch#${n}`, at, openedAt: at, source: 'dispatch', type, family: familyOf(type) } as const;
    const place = { lat: 26.7 + roll() * 0.144, lon: -80.14 + roll() * 0.161, radiusM: 20 + Math.floor(roll() * 80) };
    const entities = roll() < 0.4 ? [`phone#561555${Math.floor(roll() * 9000)}`] : [];
    return { ...base, ...place, category: 'INCIDENT', priority: 'MEDIUM', threatLevel: 0.2, confidence: 0.8, entities };
  });
};

/** Microseconds of CPU an event, over as many events as make a second or so. */
const cost = (events: readonly Observation[], work: (seen: Observation) => number): { us: number; found: number } => {
  const cpu = process.cpuUsage();
  let found = 0;
  for (const seen of events) found += work(seen);
  const { user, system } = process.cpuUsage(cpu);
  return { us: (user + system) / events.length, found };
};

console.log('\n| live events | indexed, events/s | scan, events/s | indexed ÷ scan |\n|---:|---:|---:|---:|');
for (const count of [1_000, 10_000]) {
  const all = live(count);
  const index = neighbourhood();
  for (const seen of all) index.add(seen);
  const some = all.filter((_, n) => n % (count / 200) === 0);
  cost(all, (seen) => index.related(seen).length);
  const indexed = cost(all, (seen) => index.related(seen).length);
  const scanned = cost(some, (seen) => all.filter((other) => other !== seen && relate(seen, other)).length);
  console.log(`| ${count} | ${Math.round(1e6 / indexed.us)} | ${Math.round(1e6 / scanned.us)} | ${(scanned.us / indexed.us).toFixed(0)} |`);
}
