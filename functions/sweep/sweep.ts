import type { Execution } from '../../shared/contracts/execution.ts';
import type { Kernel } from '../../shared/contracts/kernel.ts';
import type { ResourcePreempted } from '../../shared/contracts/resource-allocation.ts';
import { endOverdue } from '../../shared/domain/allocation/reserve.ts';
import { hourOf } from '../../shared/domain/figures.ts';
import { deadlineOf, mayDispatch } from '../../shared/domain/kernel/state.ts';
import { endLease, LEASE_GRACE_S, renewLease } from '../../shared/domain/release.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { Clock, LogSink } from '../../shared/lambda/runtime.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import type { KernelStore } from '../../shared/stores/kernel.ts';
import { isGoing } from '../../shared/stores/lifecycle.ts';
import type { Lease, ResourcesStore } from '../../shared/stores/resources.ts';
import { eachOf } from './each.ts';
import { expireReviews } from './reviews.ts';
import { type SilenceDeps, tellSilent } from './silence.ts';

export interface SweepDeps {
  executions: ExecutionsStore;
  resources: ResourcesStore;
  journal: JournalStore;
  kernel: SilenceDeps['kernel'] & Pick<KernelStore, 'get' | 'queue'>;
  clock: Clock;
  log: LogSink;
  /** Puts on `trigger`'s queue that a run whose input is stored was never started. */
  start: (executionId: string) => Promise<void>;
  /** Puts on `trigger`'s queue that what waits for the engine is to be looked at. */
  drain: () => Promise<void>;
  /** Finds events that hang or started nothing in what the journal says since the last run; then looks at all that is found so far, and returns how many it said something of. */
  reconcile: () => Promise<void>;
  look: () => Promise<number>;
  /** Says of what took two persons, and got one in time, that its time is over. */
  expireAsks: (actor: string) => Promise<void>;
  /** Puts on `finish`'s queue that a run's time is over, as its own schedule would, or that its end has still to be told. */
  end: (executionId: string) => Promise<void>;
  /** Says of joint operations that their time is over. */
  endJoint: (actor: string) => Promise<void>;
  /** Writes into the journal what was done while it could not be written. */
  unspool: (actor: string) => Promise<void>;
  /** Says of weeks of the audit that nobody signed them. */
  tellUnsigned: (actor: string) => Promise<void>;
  /** Puts on `settle`'s queue that a unit was taken from a run. */
  displaced: (one: ResourcePreempted) => Promise<void>;
  /** Puts on `settle`'s queue that whoever stands in the line for units is to be served, or let go. */
  freed: () => Promise<void>;
}

const ACTOR = 'system/sweep';

/** A start that took longer than this was lost on the way; a deadline this far past was not enforced by the machine's own clock (ms). */
const START_GRACE_MS = 60_000;
const DEADLINE_GRACE_MS = 60_000;
/** An end that was begun takes no longer than this (ms). */
const END_GRACE_MS = 120_000;
/** An end that the bus has not been told of by then (ms) was cut short. */
const TELL_GRACE_MS = 60_000;

export type Finding = 'never-started' | 'overdue' | undefined;

/** What is wrong with an execution that has not ended. Pure; `now` is ms. */
export const examine = (execution: Execution, engine: Kernel, now: number): Finding => {
  // Whoever began its end was cut short.
  if (execution.ending) return now > Date.parse(execution.ending) + END_GRACE_MS ? 'overdue' : undefined;
  // What waits for the engine, or for its turn, has no time of its own yet.
  if (execution.status === 'QUEUED') return undefined;
  // While it is paused its deadline moves.
  const pausedMs = execution.pausedAt === undefined ? 0 : now - Date.parse(execution.pausedAt);
  if (now > deadlineOf(execution, engine, now) + pausedMs + DEADLINE_GRACE_MS) return 'overdue';
  if (execution.status === 'PENDING' && now > Date.parse(execution.createdAt) + START_GRACE_MS) return 'never-started';
  return undefined;
};

/** The match that this execution's start was to settle, where it is still known. */
const matchOf = async ({ executions }: SweepDeps, { id, workflow, version, incidentId }: Execution) => {
  const eventKey = await executions.activeMatch(id);
  return eventKey === undefined ? undefined : { workflow, version, eventKey, incidentId, executionId: id };
};

/** Past its deadline: its end is put before `finish`. One that never started is a match that failed. */
const endLate = async (deps: SweepDeps, execution: Execution): Promise<void> => {
  const match = execution.status === 'PENDING' ? await matchOf(deps, execution) : undefined;
  if (match) {
    const { workflow, version, eventKey, incidentId, executionId } = match;
    await deps.journal.commit(
      incidentId,
      [
        {
          kind: 'match.failed',
          actor: ACTOR,
          incidentId,
          executionId,
          data: { workflow, version, eventKey, hour: hourOf(execution.createdAt) },
        },
      ],
      [deps.executions.settleMatch(eventKey, workflow, 'failed')],
    );
  }
  await deps.end(execution.id);
};

const mend = (deps: SweepDeps, execution: Execution, finding: 'never-started' | 'overdue'): Promise<void> => {
  say(deps.log, 'warn', 'sweep.found', { executionId: execution.id, finding });
  return finding === 'overdue' ? endLate(deps, execution) : deps.start(execution.id);
};

/** Runs that never started, or whose time is over. One failure stops no other. */
const mendRuns = async (deps: SweepDeps, engine: Kernel): Promise<number> => {
  const { executions, clock, log } = deps;
  let mended = 0;
  for (const { id } of await executions.active()) {
    try {
      const execution = await executions.get(id);
      const finding = execution && examine(execution, engine, clock.now());
      if (!finding) continue;
      await mend(deps, execution, finding);
      mended += 1;
    } catch (error) {
      say(log, 'error', 'sweep.found', { executionId: id, ...errorFields(error) });
    }
  }
  return mended;
};

/** Ends that were written down, and that the bus was not told of: workflows that follow wait for that. */
const tellEnds = async ({ executions, clock, log, end }: SweepDeps): Promise<number> => {
  let told = 0;
  for (const id of await executions.untold()) {
    const execution = await executions.get(id);
    if (execution?.endedAt && clock.now() < Date.parse(execution.endedAt) + TELL_GRACE_MS) continue;
    say(log, 'warn', 'sweep.found', { executionId: id, finding: 'untold' });
    await end(id);
    told += 1;
  }
  return told;
};

/** Events that were lost on the way to an incident or to `trigger`. */
const mendEvents = async ({ reconcile, look, log }: SweepDeps): Promise<number> => {
  try {
    await reconcile();
  } catch (error) {
    say(log, 'error', 'sweep.found', { finding: 'unread', ...errorFields(error) });
  }
  return look();
};

/** What waits though the engine would let it go, and a stop that nobody brought to its end: the word of it was lost. */
const drainLate = async ({ kernel, drain }: SweepDeps, engine: Kernel): Promise<void> => {
  const goes = engine.state === 'STOPPING' || (mayDispatch(engine) && (await kernel.queue({ limit: 1 })).items.length > 0);
  if (goes) await drain();
};

/** The leases of a run that waits are renewed by so much (ms) at a time: nobody knows when it goes on. */
const WHILE_WAITING_MS = 600_000;

/** A pause moves a run's deadline and not its leases: while the run has time left, what it holds is its own. Until when, or undefined. Pure; `now` is ms. */
const ownUntil = (run: Execution | undefined, engine: Kernel, now: number): number | undefined => {
  if (run === undefined || !isGoing(run)) return undefined;
  if (run.status === 'PAUSED' || run.status === 'QUEUED') return now + WHILE_WAITING_MS;
  const until = deadlineOf(run, engine, now) + LEASE_GRACE_S * 1000;
  return now < until ? until : undefined;
};

/** A lapsed lease is renewed where its run goes on; else its unit is unknown, never free. Returns whether it is. */
const lapse = async (deps: SweepDeps, lease: Lease, engine: Kernel): Promise<boolean> => {
  const until = ownUntil(await deps.executions.get(lease.executionId), engine, deps.clock.now());
  if (until === undefined) return endLease(deps)(lease, 'UNKNOWN', ACTOR);
  await renewLease(deps)(lease, iso(until), ACTOR);
  return false;
};

/** That a unit was taken from a run, and its run has not planned anew: it is told again. */
const tellDisplaced = async ({ resources, clock, displaced }: SweepDeps): Promise<number> => {
  const old = (await resources.displaced()).filter(({ at }) => clock.now() > Date.parse(at) + TELL_GRACE_MS);
  for (const one of old) await displaced(one);
  return old.length;
};

/** Somebody waits for units, or is to be told what became of that: what has come to fit by time alone, or whose word was lost, is found so. */
const serveLate = async ({ resources, freed }: SweepDeps): Promise<void> => {
  if ((await resources.line()).length > 0 || (await resources.answers()).length > 0) await freed();
};

/** Every minute: what was done while the journal could not be written, starts that were lost, deadlines that nobody enforced, ends that nobody was told of, units that were taken from a run that has not heard, events that hang or started nothing, leases that lapsed (the unit is then unknown, never free), who waits for units, reservations whose time is over, reviews that nobody gave, subsystems whose heartbeats do not come, joint operations whose time is over, weeks of the audit that nobody signed. */
export const sweep = (deps: SweepDeps) => async (): Promise<{ mended: number; lapsed: number }> => {
  const { resources, clock } = deps;
  let [mended, lapsed] = [0, 0];
  let engine: Promise<Kernel> | undefined;
  const engineNow = (): Promise<Kernel> => {
    engine ??= deps.kernel.get();
    return engine;
  };
  const mend = (part: () => Promise<number>) => async (): Promise<void> => {
    mended += await part();
  };
  await eachOf(deps.log, {
    unspool: () => deps.unspool(ACTOR),
    drain: async () => drainLate(deps, await engineNow()),
    runs: mend(async () => mendRuns(deps, await engineNow())),
    ends: mend(() => tellEnds(deps)),
    displaced: mend(() => tellDisplaced(deps)),
    events: mend(() => mendEvents(deps)),
    leases: async () => {
      for (const lease of await resources.lapsed(iso(clock.now()))) if (await lapse(deps, lease, await engineNow())) lapsed += 1;
    },
    reservations: () => endOverdue(deps)(ACTOR),
    line: () => serveLate(deps),
    reviews: () => expireReviews(deps, ACTOR),
    asks: () => deps.expireAsks(ACTOR),
    joint: () => deps.endJoint(ACTOR),
    subsystems: () => tellSilent(deps, ACTOR),
    weeks: () => deps.tellUnsigned(ACTOR),
  });
  return { mended, lapsed };
};
