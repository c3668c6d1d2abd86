import type { BusEntry } from '../../../client/bus.ts';
import { type Rest, RestError } from '../../../client/rest.ts';
import type { Missing } from '../../../shared/contracts/execution.ts';
import type { People } from '../people.ts';
import { facts, type Playing, report, type Scenario } from './scenario.ts';

/** What a scenario is played on: the bus, a viewer's REST, and the clock that both run on. */
export interface Stage {
  readonly put: (entries: readonly BusEntry[]) => Promise<unknown>;
  readonly rest: Rest;
  readonly people: Pick<People, 'look'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
  /** How often it looks how things stand, in ms; twice a second unless told. */
  readonly lookMs?: number;
}

export interface Played {
  readonly workflow: string;
  readonly executionId: string;
  readonly status: string;
  readonly degraded: boolean;
  readonly missing: readonly Missing[];
  readonly cause?: string;
}

const LOOK_MS = 500;
/** How long an event may take to be fused, and an execution to be there (ms). */
const PATIENCE_MS = 30_000;
const ENDED: readonly string[] = ['COMPLETED', 'FAILED', 'CANCELLED', 'TIMEOUT'];

/** Looks until there is an answer. Throws, saying what for, when there is none in time. */
const until = async <T>(
  { now, wait, lookMs = LOOK_MS }: Stage,
  what: string,
  patienceMs: number,
  look: () => Promise<T | undefined>,
): Promise<T> => {
  const from = now();
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (now() - from > patienceMs) throw new Error(`${what} did not happen within ${patienceMs / 1000} s`);
    await wait(lookMs);
  }
};

/** The incident that an event has been fused into. */
const incidentOf = async (stage: Stage, { source, detail }: BusEntry): Promise<string> => {
  const { id } = detail as { id: string };
  return until(stage, `Event ${source}#${id} in an incident`, PATIENCE_MS, async () => {
    const { items } = await stage.rest.ask('eventHistory', { query: { limit: 200 } });
    return items.find((event) => event.id === id && event.source === source)?.incidentId;
  });
};

const shown = async ({ rest }: Stage, executionId: string): Promise<Played | undefined> => {
  try {
    return { ...(await rest.ask('getExecution', { params: { id: executionId } })), executionId };
  } catch (error) {
    if (error instanceof RestError && error.status === 404) return undefined;
    throw error;
  }
};

/** Puts the opening report, states the facts about the incident it opened, then puts the others. Resolves to the execution's id. */
export const begin = async (stage: Stage, scenario: Scenario, playing: Playing): Promise<string> => {
  const opening = report(scenario, 0, playing, stage.now());
  await stage.put([opening]);
  const incidentId = await incidentOf(stage, opening);
  await stage.put(facts(scenario, incidentId, playing, stage.now()));
  const from = stage.now();
  for (const [nth, { afterMs = 0 }] of scenario.events.entries()) {
    if (nth === 0) continue;
    await stage.wait(Math.max(0, from + afterMs - stage.now()));
    await stage.put([report(scenario, nth, playing, stage.now())]);
  }
  return `${scenario.workflow}-${incidentId}`;
};

/** Plays one scenario to its workflow's end, with people who say yes when they are asked. `patienceMs` bounds the whole. */
export const playScenario = async (stage: Stage, scenario: Scenario, playing: Playing, patienceMs: number): Promise<Played> => {
  const executionId = await begin(stage, scenario, playing);
  await until(stage, `The start of ${executionId}`, PATIENCE_MS, () => shown(stage, executionId));
  return until(stage, `The end of ${executionId}`, patienceMs, async () => {
    await stage.people.look((question) => question.executionId === executionId);
    const run = await shown(stage, executionId);
    return run && ENDED.includes(run.status) ? run : undefined;
  });
};
