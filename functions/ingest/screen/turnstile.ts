import type { NormalizedEvent } from '../../../shared/contracts/event.ts';
import type { Source } from '../../../shared/contracts/vocabulary.ts';
import { floorOf, type Pace, paceOf } from '../../../shared/domain/pace.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { SourceSpec } from '../../../shared/sources/index.ts';
import { type Fates, minuteOf, type SourceState } from '../../../shared/stores/source-state.ts';
import type { SourcesStore } from '../../../shared/stores/sources.ts';
import type { Normal } from '../delivery.ts';
import { type Lane, laneOf } from './lanes.ts';
import { limitOf, type Outcome, type Plan, planFor } from './plan.ts';
import type { Later, Repeat, Shed } from './screened.ts';

/** Each failed attempt is another screener's success, so that many in a row are not chance. */
const ATTEMPTS = 40;

export interface TurnstileDeps {
  sources: SourcesStore;
  specs: Readonly<Record<Source, SourceSpec>>;
  clock: Clock;
}

/** One source's part of a batch. */
export interface Queueing {
  source: Source;
  normals: Normal[];
  repeats: Repeat[];
}

export interface Turned {
  pass: Normal[];
  later: Later[];
  shed: Shed[];
}

/** Whether this message was received before. */
export const isAgain = ({ delivery }: Normal): boolean => Number(delivery.record.attributes.ApproximateReceiveCount) > 1;

interface Queued {
  normal: Normal;
  lane: Lane;
}

/** Highest first; of one priority in the order in which they came. */
const inOrder = (normals: Normal[]): Queued[] =>
  normals.map((normal) => ({ normal, lane: laneOf(normal.event, isAgain(normal)) })).sort((a, b) => a.lane.rank - b.lane.rank);

const count = (events: NormalizedEvent[]): Fates['shed'] => {
  const counts: Fates['shed'] = {};
  for (const { priority } of events) counts[priority] = (counts[priority] ?? 0) + 1;
  return counts;
};

const fatesOf = (queue: Queued[], { outcomes }: Plan, repeats: Repeat[]): Fates => {
  const of = (outcome: Outcome): NormalizedEvent[] => queue.filter((_, at) => outcomes[at] === outcome).map(({ normal }) => normal.event);
  return { delayed: count(of('later')), shed: count(of('shed')), repeats: count(repeats.map(({ normal }) => normal.event)) };
};

const chargeFor = ({ source, normals, repeats }: Queueing, queue: Queued[], pace: Pace, known: SourceState | undefined, nowMs: number) => {
  const now = nowMs * 1000;
  const floor = floorOf(pace, now);
  const idle = known?.next === undefined || known.next <= floor;
  const plan = planFor(
    pace,
    queue.map(({ lane }) => lane),
    idle ? floor : (known?.next ?? floor),
    now,
  );
  const heard = [...normals, ...repeats.map(({ normal }) => normal)];
  const charge = {
    source,
    now: nowMs,
    idle,
    floor,
    above: plan.above,
    upTo: plan.upTo,
    take: plan.turns * pace.slot,
    sameMinute: (known?.minute ?? Number.NEGATIVE_INFINITY) >= minuteOf(nowMs),
    received: heard.filter((normal) => !isAgain(normal)).length,
    lastEventAt: heard.map(({ event }) => event.occurredAt).reduce((latest, at) => (at > latest ? at : latest)),
    fates: fatesOf(queue, plan, repeats),
  };
  return { plan, charge };
};

/** Each event with its outcome; those that wait with the turn that is theirs, the first turn taken being `first` (microseconds). */
const turned = (queue: Queued[], { outcomes }: Plan, pace: Pace, first: number): Turned => {
  const all: Turned = { pass: [], later: [], shed: [] };
  let taken = 0;
  for (const [at, { normal, lane }] of queue.entries()) {
    const outcome = outcomes[at];
    const turn = Math.ceil((first + taken * pace.slot) / 1000);
    if (outcome === 'now' || outcome === 'later') taken += 1;
    if (outcome === 'later') all.later.push({ normal, turn });
    else if (outcome === 'shed')
      all.shed.push({ normal, reason: `shed:${normal.event.priority}`, limit: limitOf(pace, lane), buffer: pace.buffer });
    else all.pass.push(normal);
  }
  return all;
};

/**
 * Lets one source's events through at the pace it was promised: one conditional update for a batch, on what this instance believes
 * of the source; where that is out of date the update fails, says how things stand, and is made once more.
 */
export const turnstile = ({ sources, specs, clock }: TurnstileDeps) => {
  const known = new Map<Source, SourceState>();
  return async (queueing: Queueing): Promise<Turned> => {
    const { source } = queueing;
    const pace = paceOf(specs[source]);
    const queue = inOrder(queueing.normals);
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const now = clock.now();
      const { plan, charge } = chargeFor(queueing, queue, pace, known.get(source), now);
      const { ok, state } = await sources.charge(charge);
      known.set(source, state);
      if (ok) return turned(queue, plan, pace, (state.next ?? 0) - charge.take);
    }
    throw new Error(`The turnstile of ${source} changed ${ATTEMPTS} times in a row; its events will be delivered again`);
  };
};
