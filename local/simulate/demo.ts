import ngeohash from 'ngeohash';
import type { BusEntry } from '../../client/bus.ts';
import { loadStage } from '../../infra/config.ts';
import { partnerTerms } from '../../infra/partners.ts';
import { eventKey, IngestRequest, type NormalizedEvent } from '../../shared/contracts/event.ts';
import type { Incident } from '../../shared/contracts/incident.ts';
import type { Fact } from '../../shared/contracts/policy.ts';
import { Resource } from '../../shared/contracts/resource.ts';
import { normalised } from '../../shared/domain/normalise.ts';
import { openedBy } from '../../shared/domain/opened.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { factsOf } from '../../shared/policy/index.ts';
import type { World } from '../../statemachines/simulate/index.ts';
import { factAsserted, STANDING } from '../city/facts.ts';
import { ROSTER, type RosterUnit } from '../city/roster.ts';
import { facts, meanwhile, report, type Scenario } from '../city/scenarios/scenario.ts';
import { VERDICTS } from '../city/verdicts.ts';

/** A city that stands still: its whole fleet free at home, and what was stated in it. */
export interface Demo {
  readonly world: World;
  /** The incident that the scenario's first report opened, and the report that starts its workflow. */
  readonly incidentId?: string;
  readonly event?: IngestRequest;
}

const RUN = 'demo';
const INCIDENT = 'demo-incident';

const CELLS = 9;
const PLACES = ROSTER.map((unit) => ({ unit, cell: ngeohash.encode(unit.home.lat, unit.home.lon, CELLS) }));

/** A unit that has just said that it is free at home. */
const asFree = ({ id, type, name, home, capabilities, certifications }: RosterUnit, now: number): Resource =>
  Resource.parse({
    id,
    type,
    name,
    agency: 'riviera-beach-pd',
    status: 'FREE',
    location: { ...home, radiusM: 5 },
    locatedAt: iso(now),
    capabilities,
    certifications,
    fence: 0,
  });

const envelopeOf = ({ source, detail }: BusEntry): IngestRequest => IngestRequest.parse({ ...detail, source });

const eventOf = (entry: BusEntry, now: number): NormalizedEvent => {
  const envelope = envelopeOf(entry);
  return normalised(envelope.source, envelope, now, now);
};

const worldOf = (now: number, stated: readonly Fact[], incident?: Incident): World => ({
  facts: { about: async (subjects) => stated.filter(({ subject }) => subjects.includes(subject)) },
  incidents: { standing: async (id) => (incident?.id === id ? { incident, absorbed: [] } : undefined) },
  resources: {
    free: async (type, [first, last]) =>
      PLACES.filter(({ unit, cell }) => unit.type === type && cell >= first && cell <= `${last}~`).map(({ unit }) => asFree(unit, now)),
    busy: async () => [],
  },
  partnerTerms: partnerTerms(loadStage('dev').partners),
});

/**
 * The simulated city as it is when a scenario's workflow is about to start: `npm start`'s fleet and standing statements, the incident opened
 * and the scenario's facts stated. Without a scenario only the city stands. `now` is ms since the epoch; kinds in `without` nobody stated.
 */
export const demoOf = (scenario: Scenario | undefined, now: number, without: readonly string[] = []): Demo => {
  const standing = [...STANDING, ...VERDICTS].map((stated) => factAsserted(stated, `${stated.kind}/${stated.subject}/${RUN}`, now));
  const factsIn = (entries: readonly BusEntry[]): Fact[] =>
    entries.flatMap((entry) => factsOf(eventOf(entry, now))).filter(({ kind }) => !without.includes(kind));
  if (!scenario) return { world: worldOf(now, factsIn(standing)) };
  const playing = { run: RUN };
  const opening = eventOf(report(scenario, 0, playing, now), now);
  const incident = openedBy(INCIDENT, eventKey(opening), opening);
  const attested = factsOf({ ...opening, incidentId: INCIDENT }).filter(({ kind }) => !without.includes(kind));
  const stated = [
    ...factsIn([...standing, ...facts(scenario, INCIDENT, playing, now), ...meanwhile(scenario, INCIDENT, playing, now)]),
    ...attested,
  ];
  return { world: worldOf(now, stated, incident), incidentId: INCIDENT, event: envelopeOf(report(scenario, 1, playing, now)) };
};
