import type { ActionUpdated } from '../../shared/contracts/action.ts';
import type { Execution, Missing, StepRecord } from '../../shared/contracts/execution.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import { type AllocatedUnit, ResourcePreempted } from '../../shared/contracts/resource-allocation.ts';
import { type AllocateDeps, allocate } from '../../shared/domain/allocation/allocate.ts';
import { given } from '../../shared/domain/allocation/bundle.ts';
import { heldFor } from '../../shared/domain/allocation/held.ts';
import { wantOf } from '../../shared/domain/allocation/want.ts';
import { situationNow } from '../../shared/domain/situation-now.ts';
import type { BusEvent } from '../../shared/lambda/doors.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Tokens } from '../../shared/lambda/machines.ts';
import { type ExecutionsStore, isOver } from '../../shared/stores/executions.ts';
import { isGoing } from '../../shared/stores/lifecycle.ts';

export interface ReplanDeps extends AllocateDeps {
  executions: ExecutionsStore;
  tokens: Tokens;
}

const ACTOR = 'system/settle';
const ATTEMPTS = 20;
const PREEMPTED = 'SWOE.Preempted';

const entry = (kind: Entry['kind'], { id, incidentId, workflow }: Execution, step: string, data: object): Entry => ({
  kind,
  actor: ACTOR,
  incidentId,
  executionId: id,
  data: { step, workflow, ...data },
});

/** What the step holds as it stands. */
const unitsOf = async ({ resources }: ReplanDeps, run: Execution, step: string): Promise<AllocatedUnit[]> =>
  (await heldFor(resources, await resources.heldBy(run.id), step)).map(({ unit, lease }) => given(unit, lease.fence, 0, undefined));

/** What the step needs; of what a person holds by hand, what is held and all that was lost of it and is not made good yet. */
const needsOf = async (deps: ReplanDeps, run: Execution, lost: ResourcePreempted, record: StepRecord | undefined) => {
  if (record?.needs) return record.needs;
  const ofType = ({ type }: { type: string }): boolean => type === lost.type;
  const gone = (await deps.resources.displaced()).filter(({ executionId, step }) => executionId === lost.executionId && step === lost.step);
  return { [lost.type]: (await unitsOf(deps, run, lost.step)).filter(ofType).length + gone.filter(ofType).length };
};

/** Another unit for the one that was taken; undefined where there is none, or the run no longer goes on. */
const again = async (deps: ReplanDeps, run: Execution, lost: ResourcePreempted, record: StepRecord | undefined) => {
  const { location, priority } = { ...situationNow(run), ...(record?.location ? { location: record.location } : {}) };
  if (!location) return undefined;
  const needs = await needsOf(deps, run, lost, record);
  const want = wantOf(
    run,
    { requires: record?.requires, prefers: record?.prefers, name: lost.step, needs },
    { location, priority },
    deps.clock.now(),
  );
  const found = await allocate(deps)(want, { incidentId: run.incidentId, actor: ACTOR, goesOn: deps.executions.goesOn(run) });
  return found?.outcome === 'allocated' ? found.units : undefined;
};

/** The subsystem that is at the step hears who is on it now. */
const tell = async (deps: ReplanDeps, run: Execution, record: StepRecord, lost: ResourcePreempted, units: readonly AllocatedUnit[]) => {
  const { subsystem, actionId, action, step, status } = record;
  if (!subsystem || subsystem === 'swoe' || (status !== 'DISPATCHED' && status !== 'COMPLETED')) return;
  const eventKey = `preempted#${lost.resourceId}#${lost.fence}`;
  const { location, priority, summary } = situationNow(run);
  const detail: ActionUpdated = {
    actionId,
    subsystem,
    action: action as ActionUpdated['action'],
    executionId: run.id,
    incidentId: run.incidentId,
    location: record.location ?? location,
    priority,
    summary: `${lost.resourceId} was called away: ${lost.by.priority} goes before ${lost.priority}. ${summary ?? ''}`.trim(),
    units: units.map(({ id, type, fence }) => ({ id, type, fence })),
    eventKey,
    at: iso(deps.clock.now()),
  };
  await deps.journal.commit(
    run.incidentId,
    [entry('action.updated', run, step, { action, actionId, eventKey, units })],
    [deps.executions.writeStep({ ...record, units: units.map(({ id }) => id) }, record)],
  );
  await deps.bus.announce({ type: 'action.updated', detail });
};

const causeOf = ({ resourceId, by, priority }: ResourcePreempted): string =>
  `${resourceId} was taken by ${by.executionId}: ${by.priority} goes before ${priority}, and no other is free`;

/** The run says what it lacks, once, and its step goes on with whom it has. */
const miss = async ({ executions, journal }: ReplanDeps, id: string, missing: Missing): Promise<void> => {
  for (let tries = 0; tries < ATTEMPTS; tries += 1) {
    const run = await executions.get(id);
    if (!run || !isGoing(run) || run.missing.some(({ step }) => step === missing.step)) return;
    const noted = entry('step.missed', run, missing.step, missing);
    if ((await journal.commit(run.incidentId, [noted], [executions.miss(run, [...run.missing, missing])])).ok) return;
  }
  throw new Error(`Execution ${id} changed ${ATTEMPTS} times while it lost a unit; it will be told again`);
};

/** Nobody is left on a step that is under way: it fails, and its machine does what it says of failures. */
const fail = async (deps: ReplanDeps, run: Execution, record: StepRecord, cause: string): Promise<void> => {
  const { step, action, token } = record;
  await deps.journal.commit(
    run.incidentId,
    [entry('step.failed', run, step, { action, error: PREEMPTED, cause })],
    [deps.executions.enterStep(run.id, step, 'FAILED', { error: PREEMPTED, cause, endedAt: iso(deps.clock.now()) })],
  );
  if (token) await deps.tokens.fail(token, PREEMPTED, cause);
};

/** What becomes of a step for which there is no other unit. One that was not asked for yet allocates for itself. */
const goWithout = async (deps: ReplanDeps, run: Execution, record: StepRecord, lost: ResourcePreempted, left: readonly AllocatedUnit[]) => {
  const { step, action, status } = record;
  const cause = causeOf(lost);
  if (status === 'DISPATCHED' && left.length === 0) return fail(deps, run, record, cause);
  if (status === 'DISPATCHED' || status === 'COMPLETED') await miss(deps, run.id, { step, action, error: PREEMPTED, cause });
};

/**
 * A unit was taken from a run by a claim that goes before it: its step allocates again, and its subsystem hears who is on it now. Where there
 * is no other, a step that still has somebody goes on and the run says what it lacks; one that has nobody fails, and degrades, holds or ends
 * its run as it says. Told twice, it is done once.
 */
export const replan =
  (deps: ReplanDeps) =>
  async ({ detail }: BusEvent): Promise<void> => {
    const lost = ResourcePreempted.parse(detail);
    if (!(await deps.resources.isDisplaced(lost))) return;
    const [run, record] = await Promise.all([deps.executions.get(lost.executionId), deps.executions.step(lost.executionId, lost.step)]);
    if (run && isGoing(run) && !isOver(run, lost.step, record?.round)) {
      const found = await again(deps, run, lost, record);
      const units = found ?? (await unitsOf(deps, run, lost.step));
      if (record) {
        if (!found) await goWithout(deps, run, record, lost, units);
        await tell(deps, run, record, lost, units);
      }
    }
    await deps.journal.commit(lost.executionId, [], [deps.resources.replanned(lost)]);
  };
