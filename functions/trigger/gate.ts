import type { Execution, TriggerMatch } from '../../shared/contracts/execution.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import type { Kernel, RunLimit, Waiting } from '../../shared/contracts/kernel.ts';
import { hourOf } from '../../shared/domain/figures.ts';
import { fullOf } from '../../shared/domain/kernel/limits.ts';
import { mayStart, pausedMsBy } from '../../shared/domain/kernel/state.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import type { KernelStore } from '../../shared/stores/kernel.ts';
import type { Write } from '../../shared/stores/table.ts';
import { type RoomDeps, roomFor } from './room.ts';

export interface GateDeps extends RoomDeps {
  executions: ExecutionsStore;
  journal: JournalStore;
  kernel: KernelStore;
  clock: Clock;
}

const ACTOR = 'system/trigger';

type Match = Omit<TriggerMatch, 'outcome'>;

/** A run as it is put before the engine: to start at once, or to wait in its queue. */
export interface Placed {
  execution: Execution;
  match: TriggerMatch;
  entries: Entry[];
  /** They hold on the engine as it was seen: one that changes meanwhile has the match looked at anew. */
  writes: Write[];
}

const entry = (
  kind: 'match.queued' | 'match.released',
  { workflow, version, eventKey, incidentId, executionId, at }: Match,
  more: object,
): Entry => ({
  kind,
  actor: ACTOR,
  incidentId,
  executionId,
  data: { workflow, version, eventKey, hour: hourOf(at), ...more },
});

const queued = (match: Match, { state }: Kernel, limit?: RunLimit): Entry =>
  entry('match.queued', match, { because: limit ? fullOf(limit) : `the engine is ${state}`, limit });

const waitingOf = (
  { id: executionId, incidentId, workflow, priority }: Execution,
  since: string,
  limit?: RunLimit,
): Omit<Waiting, 'order'> => ({
  kind: 'start',
  executionId,
  incidentId,
  workflow,
  priority,
  since,
  ...(limit ? { limit } : {}),
});

/**
 * Whether a new run starts now or waits: by the engine as it stands, and by what is under way beside it. Both are read at once, and held to by
 * the transaction that makes the run.
 */
export const place =
  ({ kernel, limits, clock }: Pick<GateDeps, 'kernel' | 'limits' | 'clock'>) =>
  async (run: Execution, match: TriggerMatch): Promise<Placed> => {
    const engine = await kernel.get();
    const stands = kernel.stands(engine, run.incidentId);
    const enginePausedMs = pausedMsBy(engine, clock.now());
    const room = mayStart(engine) ? await roomFor({ kernel, limits })(run, false) : undefined;
    if (room && 'writes' in room) return { execution: { ...run, enginePausedMs }, match, entries: [], writes: [stands, ...room.writes] };
    const limit = room?.full;
    const queuedAt = iso(clock.now());
    return {
      execution: { ...run, enginePausedMs, status: 'QUEUED', queuedAt },
      match: { ...match, outcome: 'queued' },
      entries: [queued(match, engine, limit)],
      writes: [stands, ...(await kernel.wait(waitingOf(run, queuedAt, limit)))],
    };
  };

/**
 * A run whose match was made and whose start was cut short: whether it may be started now. Where the engine starts nothing it is put in the
 * queue instead, where it keeps the time since which it has waited.
 */
export const mayGoOn =
  ({ executions, journal, kernel, clock }: GateDeps) =>
  async (match: Match): Promise<boolean> => {
    for (;;) {
      const [run, engine] = await Promise.all([executions.get(match.executionId), kernel.get()]);
      if (run?.status !== 'PENDING' || run.ending || mayStart(engine)) return run?.status !== 'QUEUED';
      const queuedAt = run.queuedAt ?? iso(clock.now());
      const done = await journal.commit(
        match.incidentId,
        [queued(match, engine)],
        [
          executions.queue(run.id, queuedAt),
          executions.settleMatch(match.eventKey, match.workflow, 'queued'),
          kernel.stands(engine, match.incidentId),
          ...(await kernel.wait(waitingOf(run, queuedAt))),
        ],
      );
      if (done.ok) return false;
    }
  };

/** What waits finds no room: from now on it is that for which it waits. */
const leave = async ({ journal, kernel }: GateDeps, item: Waiting, limit: RunLimit): Promise<undefined> => {
  if (item.limit?.of !== limit.of) await journal.commit(item.incidentId, [], kernel.waitsNow(item, limit));
  return undefined;
};

/**
 * A run that waits is about to start, its time (`timeoutS`, where its workflow is still known) from now on; undefined where it, or the engine,
 * stands otherwise, or there is no room for it.
 */
export const takeOut =
  (deps: GateDeps) =>
  async (item: Waiting, engine: Kernel, timeoutS?: number): Promise<TriggerMatch | undefined> => {
    const { executions, journal, kernel, clock } = deps;
    const { executionId, incidentId, workflow } = item;
    const [run, eventKey] = await Promise.all([executions.get(executionId), executions.activeMatch(executionId)]);
    const match = eventKey === undefined ? undefined : await executions.match(eventKey, workflow);
    if (!run || !match || run.status !== 'QUEUED' || run.ending) return undefined;
    const room = await roomFor(deps)(run, true);
    if ('full' in room) return leave(deps, item, room.full);
    const now = clock.now();
    const time = timeoutS === undefined ? Date.parse(run.deadline) - Date.parse(run.createdAt) : timeoutS * 1000;
    const done = await journal.commit(
      incidentId,
      [entry('match.released', match, { waitedS: (now - Date.parse(item.since)) / 1000 })],
      [
        executions.dequeue(executionId, { deadline: iso(now + time), enginePausedMs: pausedMsBy(engine, now) }),
        executions.settleMatch(match.eventKey, workflow, 'pending', 'queued'),
        kernel.stands(engine, incidentId),
        ...kernel.goes(item),
        ...room.writes,
      ],
    );
    return done.ok ? match : undefined;
  };
