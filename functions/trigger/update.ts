import type { ActionUpdated } from '../../shared/contracts/action.ts';
import { eventKey, type NormalizedEvent } from '../../shared/contracts/event.ts';
import type { Execution, StepRecord } from '../../shared/contracts/execution.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import type { Situation } from '../../shared/contracts/situation.ts';
import { heirOf } from '../../shared/domain/hand-over.ts';
import { situationAfter } from '../../shared/domain/situation-now.ts';
import type { OwnBus } from '../../shared/lambda/bus.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import { isGoing } from '../../shared/stores/lifecycle.ts';

export interface UpdateDeps {
  executions: ExecutionsStore;
  journal: JournalStore;
  bus: OwnBus;
  clock: Clock;
}

const ATTEMPTS = 20;
const ACTOR = 'system/trigger';

/** Steps that a subsystem is at: it must know what a later event changed. */
const underWay = ({ status, subsystem }: StepRecord): boolean => status === 'DISPATCHED' && subsystem !== undefined && subsystem !== 'swoe';

const entriesOf = ({ id, workflow, incidentId }: Execution, steps: readonly StepRecord[], key: string): Entry[] => {
  const about = { actor: ACTOR, incidentId, executionId: id };
  return [
    { kind: 'workflow.updated', ...about, data: { workflow, eventKey: key } },
    ...steps.map(
      ({ step, action, actionId }): Entry => ({ kind: 'action.updated', ...about, data: { step, action, actionId, eventKey: key } }),
    ),
  ];
};

const wordOf = (
  { executionId, incidentId, actionId, action, subsystem = '' }: StepRecord,
  { location, priority, summary, at }: Situation,
  key: string,
): ActionUpdated => ({
  actionId,
  subsystem,
  action: action as ActionUpdated['action'],
  executionId,
  incidentId,
  location,
  priority,
  summary,
  eventKey: key,
  at,
});

/** The run as it stands, or the one that took over from it; undefined where neither goes on. */
const current = async (deps: UpdateDeps, executionId: string): Promise<Execution | undefined> => {
  const run = await deps.executions.get(executionId);
  return run && (isGoing(run) ? run : heirOf(deps)(run));
};

/**
 * What a later event of its incident changes for a run under way: steps that begin from now on act on the new situation, subsystems that are
 * at one are told, and open questions are looked at anew by `settle`. Written once per event; told again on every delivery.
 */
export const update =
  (deps: UpdateDeps) =>
  async (executionId: string, event: NormalizedEvent): Promise<void> => {
    const { executions, journal, bus, clock } = deps;
    const key = eventKey(event);
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const run = await current(deps, executionId);
      if (!run) return;
      const steps = (await executions.steps(run.id)).filter(underWay);
      const situation = situationAfter(run, event);
      const writes = executions.update(run, situation, key, clock.now());
      const done = await journal.commit(run.incidentId, entriesOf(run, steps, key), writes);
      if (!done.ok && !done.failed.includes(0)) continue;
      await bus.announce(...steps.map((step) => ({ type: 'action.updated', detail: wordOf(step, situation, key) })), {
        type: 'workflow.updated',
        detail: { executionId: run.id, eventKey: key },
      });
      return;
    }
    throw new Error(`Execution ${executionId} changed ${ATTEMPTS} times while an event joined it; it will be delivered again`);
  };
