import type { Execution } from '../contracts/execution.ts';
import type { Entry } from '../contracts/journal.ts';
import type { OwnBus } from '../lambda/bus.ts';
import { iso } from '../lambda/ids.ts';
import type { Clock } from '../lambda/runtime.ts';
import type { ExecutionsStore } from '../stores/executions.ts';
import type { IncidentsStore } from '../stores/incidents.ts';
import type { JournalStore } from '../stores/journal.ts';
import { isGoing } from '../stores/lifecycle.ts';
import type { Lease, ResourcesStore } from '../stores/resources.ts';
import { allocationPriority } from './allocation/priority.ts';
import { type GivingWay, givingWay, type Supersedes } from './give-way.ts';
import { LEASE_GRACE_S } from './release.ts';

export interface HandOverDeps {
  executions: ExecutionsStore;
  resources: ResourcesStore;
  journal: JournalStore;
  clock: Clock;
}

/** The step under which a unit stands that came from another run, until a step of the new one takes it. */
export const TAKEN_OVER = 'taken-over';

const ATTEMPTS = 20;
/** Who now stands for a run that was taken over from: the last in the line that still goes on; undefined where none does. */
export const heirOf =
  ({ executions }: Pick<HandOverDeps, 'executions'>) =>
  async (run: Execution): Promise<Execution | undefined> => {
    let heir: Execution | undefined = run;
    while (heir?.supersededBy) heir = await executions.get(heir.supersededBy);
    return heir && heir.id !== run.id && isGoing(heir) ? heir : undefined;
  };

const handedOver = (unit: { id: string; type: string }, from: Lease, to: Lease, actor: string): Entry => ({
  kind: 'resource.handed-over',
  actor,
  executionId: to.executionId,
  data: {
    resourceId: unit.id,
    type: unit.type,
    from: from.executionId,
    step: from.step,
    was: from.fence,
    fence: to.fence,
    until: to.until,
  },
});

/** The unit was held, and is held by another run under a fence one higher: at no moment is it free or held twice. */
const handUnit = async (deps: HandOverDeps, lease: Lease, to: Execution, step: string, actor: string): Promise<boolean> => {
  const { resources, journal, executions } = deps;
  const unit = await resources.get(lease.resourceId);
  if (unit?.status !== 'HELD' || unit.fence !== lease.fence || unit.holder !== lease.executionId) return true;
  const until = iso(Math.max(Date.parse(lease.until), Date.parse(to.deadline) + LEASE_GRACE_S * 1000));
  const origin = lease.origin ?? { executionId: lease.executionId, step: lease.step };
  const priority = allocationPriority(to.priority);
  const next: Lease = { resourceId: unit.id, executionId: to.id, step, fence: unit.fence + 1, until, priority, origin };
  const done = await journal.commit(
    to.incidentId,
    [{ ...handedOver(unit, lease, next, actor), incidentId: to.incidentId }],
    [...resources.rehold(unit, lease, next, iso(deps.clock.now())), executions.isGoing(to.id)],
  );
  return done.ok;
};

/** All that a run holds goes to another, unit by unit; false where the other no longer goes on. `as` names the step they then stand under. */
export const handUnits =
  (deps: HandOverDeps, actor: string) =>
  async (from: string, to: Execution, as: (lease: Lease) => string = () => TAKEN_OVER): Promise<boolean> => {
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const leases = await deps.resources.heldBy(from);
      let all = true;
      for (const lease of leases) all = (await handUnit(deps, lease, to, as(lease), actor)) && all;
      if (all) return true;
      const now = await deps.executions.get(to.id);
      if (!now || !isGoing(now)) return false;
    }
    throw new Error(`Units of ${from} changed ${ATTEMPTS} times while they were handed over; it will be tried again`);
  };

/** `from` begins its end and names its heir, in one transaction with the heir's knowing; false where either stands otherwise by now. */
const begin = async (
  { executions, journal, clock }: HandOverDeps,
  { from, to, why }: GivingWay<Execution>,
  actor: string,
): Promise<boolean> => {
  const { workflow, incidentId } = from;
  const cause = why === 'merged' ? `merged: ${to.id} goes on` : `superseded by ${to.id}`;
  const done = await journal.commit(
    incidentId,
    [
      { kind: 'workflow.ending', actor, incidentId, executionId: from.id, data: { workflow, status: 'CANCELLED' } },
      { kind: 'workflow.superseded', actor, incidentId, executionId: from.id, data: { workflow, by: to.id, why, cause } },
    ],
    executions.handOver(from, to, { at: iso(clock.now()), cause }),
  );
  return done.ok;
};

/** What people said yes to of `from` is said of its heir too, for a question of the same name on the same facts; on others it is asked anew. */
const handYeses = async ({ executions, journal }: HandOverDeps, from: Execution, heir: Execution, actor: string): Promise<void> => {
  for (const yes of await executions.approvalsOf(from.id)) {
    if (yes.answer !== 'approve' || yes.kind !== 'approval') continue;
    const { step, factsHash, id: approvalId } = yes;
    const { incidentId, id: executionId } = heir;
    await journal.commit(
      incidentId,
      [{ kind: 'approval.taken-over', actor, incidentId, executionId, data: { step, approvalId, from: from.id, factsHash } }],
      [executions.carry(executionId, yes), executions.isGoing(executionId)],
    );
  }
};

interface YieldDeps extends HandOverDeps {
  incidents: Pick<IncidentsStore, 'standing'>;
  bus: OwnBus;
  supersedes: Supersedes;
}

/** A hand-over that was begun and perhaps cut short: its yeses and units, and the word to `finish`. Any number of times. */
const complete = async (deps: YieldDeps, from: Execution, actor: string): Promise<void> => {
  const heir = await heirOf(deps)(from);
  if (heir) {
    await handYeses(deps, from, heir, actor);
    await handUnits(deps, actor)(from.id, heir);
  }
  await deps.bus.announce({ type: 'workflow.superseded', detail: { executionId: from.id, by: from.supersededBy } });
};

/**
 * Lets runs on an incident, and on those merged into it, give way to one another until none has to any more, and hands over the units of
 * those that do. Idempotent; a race between two of these, or with an end, is decided by the transaction and looked at anew.
 */
export const yieldOn =
  (deps: YieldDeps, actor: string) =>
  async (incidentId: string): Promise<void> => {
    const standing = await deps.incidents.standing(incidentId);
    const ids = standing ? [standing.incident.id, ...standing.absorbed] : [incidentId];
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const runs = await deps.executions.runsOn(ids);
      const pairs = givingWay(runs, deps.supersedes);
      if (pairs.length === 0) {
        for (const run of runs) if (run.ending && run.supersededBy && !run.endedAt) await complete(deps, run, actor);
        return;
      }
      for (const pair of pairs) await begin(deps, pair, actor);
    }
    throw new Error(`The runs on ${incidentId} changed ${ATTEMPTS} times while one gave way; it will be tried again`);
  };
