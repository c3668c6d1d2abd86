import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { BusEntry } from '../../client/bus.ts';
import type { Place } from '../../local/city/geo.ts';
import { facts, type Playing, report, type Scenario } from '../../local/city/scenarios/scenario.ts';
import type { JournalEntry } from '../../shared/contracts/journal.ts';
import { apart } from '../../shared/domain/apart.ts';
import type { System } from './system.ts';
import type { town } from './town.ts';

type Town = Awaited<ReturnType<typeof town>>;

/** Every workflow's scenario at the same moment, again and again over the city, until nothing runs any more. */
export interface Crowd {
  /** Executions by workflow and by how they ended. */
  readonly ended: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly started: number;
  readonly stillRunning: number;
  /** Units that somebody still holds. */
  readonly held: readonly string[];
  /** On the machine's clock. */
  readonly seconds: number;
}

const JOURNAL = 'swoe-dev-journal';
/** Metres between two places: more than fusion joins, and near enough that units reach them all. */
const APART_M = 400;
const ROW = 32;

/** The `nth` place over the city, around its middle. */
const spotOf = (nth: number): Place => ({
  lat: 26.73 + (Math.floor(nth / ROW) * APART_M) / 111_195,
  lon: -80.12 + ((nth % ROW) * APART_M) / 99_300,
});

/** Which incident each event was fused into, as the journal tells it. */
const watchFusion = ({ machine }: System): Map<string, string> => {
  const incidents = new Map<string, string>();
  let after = 0;
  machine.engines.dynamodb.onStream(JOURNAL, () => {
    for (const { dynamodb } of machine.engines.dynamodb.readStream(JOURNAL, after, 10_000)) {
      after = Number(dynamodb.SequenceNumber);
      if (!dynamodb.NewImage) continue;
      for (const { kind, incidentId, data } of apart(unmarshall(dynamodb.NewImage as Parameters<typeof unmarshall>[0]) as JournalEntry))
        if (kind === 'event.fused' && incidentId) incidents.set(String(data['eventKey']), incidentId);
    }
  });
  return incidents;
};

const keyOf = ({ source, detail }: BusEntry): string => `${source}#${(detail as { id: string }).id}`;

interface Part {
  readonly scenario: Scenario;
  readonly playing: Playing;
}

/** All openings at once, then all facts, then all that starts something, each kind in one burst. */
const begin = async (running: System, stage: Town, parts: readonly Part[]): Promise<void> => {
  const incidents = watchFusion(running);
  const openings = parts.map(({ scenario, playing }) => report(scenario, 0, playing, stage.now()));
  await stage.put(openings);
  for (let patience = 600; patience > 0 && openings.some((one) => !incidents.has(keyOf(one))); patience -= 1) await stage.wait(1000);
  const about = parts.flatMap(({ scenario, playing }, at) => {
    const opening = openings[at];
    return facts(scenario, (opening && incidents.get(keyOf(opening))) ?? '', playing, stage.now());
  });
  await stage.put(about);
  const rest = parts.flatMap(({ scenario, playing }) =>
    scenario.events.slice(1).map((_, at) => report(scenario, at + 1, playing, stage.now())),
  );
  await stage.put(rest);
};

const ENDS = {
  'workflow.completed': 'COMPLETED',
  'workflow.failed': 'FAILED',
  'workflow.cancelled': 'CANCELLED',
  'workflow.timed-out': 'TIMEOUT',
};

const endsOf = async (running: System): Promise<Crowd['ended']> => {
  const ended: Record<string, Record<string, number>> = {};
  for (const [kind, status] of Object.entries(ENDS)) {
    for (const { data } of await running.journal(`&kind=${kind}`)) {
      const row = ended[String(data['workflow'])] ?? {};
      ended[String(data['workflow'])] = row;
      const words = data['degraded'] ? `${status}, degraded` : status;
      row[words] = (row[words] ?? 0) + 1;
    }
  }
  return ended;
};

/** People answer whatever is asked until nothing runs any more, what was started by the end of another run included. */
export const drain = async (running: System, stage: Town, patienceMs: number): Promise<void> => {
  const from = stage.now();
  do {
    await stage.wait(stage.lookMs ?? 2000);
    await stage.people.look();
  } while ((await running.executions()).length > 0 && stage.now() - from < patienceMs);
};

/** Plays `count` scenarios at once, the list over and over; people answer every question. `patienceMs` is on the machine's clock. */
export const crowd = async (
  running: System,
  stage: Town,
  scenarios: readonly Scenario[],
  count: number,
  patienceMs: number,
): Promise<Crowd> => {
  const parts = Array.from({ length: count }, (_, at): Part[] => {
    const scenario = scenarios[at % scenarios.length];
    return scenario ? [{ scenario, playing: { run: `crowd-${at}`, spot: spotOf(at) } }] : [];
  }).flat();
  const began = stage.now();
  await begin(running, stage, parts);
  await drain(running, stage, patienceMs);
  await stage.wait(60_000);
  const { body } = await running.rest<{ items: { id: string; status: string }[] }>('viewer', 'GET', '/resources?limit=200');
  return {
    ended: await endsOf(running),
    started: (await running.journal('&kind=workflow.started')).length,
    stillRunning: (await running.executions()).length,
    held: body.items.filter(({ status }) => status === 'HELD').map(({ id }) => id),
    seconds: (stage.now() - began) / 1000,
  };
};
