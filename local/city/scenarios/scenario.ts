import type { BusEntry } from '../../../client/bus.ts';
import { envelope } from '../../../client/envelope.ts';
import type { Role, Source } from '../../../shared/contracts/vocabulary.ts';
import { factAsserted, type Stated } from '../facts.ts';
import type { Place } from '../geo.ts';

/** Subjects of facts that are known only once the incident is. */
interface Subjects {
  /** `incident/<id>` */
  readonly incident: string;
  /** `workflow/<name>` */
  readonly workflow: string;
}

/** A fact as its authority states it; `subject` is one of `Subjects`, `city` or `person/<sub>`. It lives `hours` from when it is stated. */
export type Statement = Stated;

/** One report. It carries the scenario's place and CAD number unless its data say otherwise; everything in it is invented. */
export interface Happening {
  readonly source: Source;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly entities?: readonly { readonly kind: string; readonly id: string }[];
  /** Milliseconds after the facts were stated. */
  readonly afterMs?: number;
}

/**
 * What happens in the city so that one workflow starts by its own EVENT trigger and may lawfully do all it does. The first event opens the
 * incident and starts nothing; then, its id known, the facts are stated; then come the others.
 */
export interface Scenario {
  readonly workflow: string;
  readonly title: string;
  readonly spot: Place & { readonly name: string };
  readonly events: readonly [opening: Happening, trigger: Happening, ...others: Happening[]];
  readonly facts: (about: Subjects) => readonly Statement[];
  /** What the city itself states while the run goes on; where nobody acts, in a simulation on paper, it is taken as stated. */
  readonly meanwhile?: (about: Subjects) => readonly Statement[];
  /** Roles that are asked and say yes. */
  readonly people?: readonly Role[];
}

/** One playing of a scenario. `run` makes its ids and its CAD number its own; a crowd of runs needs a spot for each, or they fuse. */
export interface Playing {
  readonly run: string;
  readonly spot?: Place;
}

/** Metres: about what a caller's description is worth. */
const RADIUS_M = 25;

/** The number under which CAD keeps this run. */
const cadNumber = ({ workflow }: Scenario, { run }: Playing): string => `RB-${workflow}-${run}`.toUpperCase();

/** Another run's vehicle is another vehicle; a site stays where it is. */
const ofThisRun = ({ kind, id }: { readonly kind: string; readonly id: string }, { run }: Playing) => ({
  kind,
  id: kind === 'site' ? id : `${id}-${run}`.toUpperCase(),
});

/** The scenario's `nth` report as a producer puts it on the bus; `at` is in milliseconds since the epoch. */
export const report = (scenario: Scenario, nth: number, playing: Playing, at: number): BusEntry => {
  const happening = scenario.events[nth];
  if (!happening) throw new Error(`${scenario.workflow} has no event ${nth}`);
  const { source, type, data, entities = [] } = happening;
  const { lat, lon } = playing.spot ?? scenario.spot;
  const id = `${scenario.workflow}-${playing.run}-${nth}`;
  const told = {
    location: { lat, lon, radiusM: RADIUS_M },
    ...data,
    entities: [{ kind: 'cad-incident', id: cadNumber(scenario, playing) }, ...entities.map((entity) => ofThisRun(entity, playing))],
  };
  return { source, type, detail: envelope({ id, source, type, at, data: told }) };
};

const subjects = ({ workflow }: Scenario, incidentId: string): Subjects => ({
  incident: `incident/${incidentId}`,
  workflow: `workflow/${workflow}`,
});

/** The scenario's facts about an incident, for the bus. */
export const facts = (scenario: Scenario, incidentId: string, { run }: Playing, at: number): BusEntry[] =>
  scenario
    .facts(subjects(scenario, incidentId))
    .map((statement, nth) => factAsserted(statement, `${scenario.workflow}-${run}-fact-${nth}`, at));

/** What the city states while the run goes on, as it would be on the bus. */
export const meanwhile = (scenario: Scenario, incidentId: string, { run }: Playing, at: number): BusEntry[] =>
  (scenario.meanwhile?.(subjects(scenario, incidentId)) ?? []).map((statement, nth) =>
    factAsserted(statement, `${scenario.workflow}-${run}-meanwhile-${nth}`, at),
  );
