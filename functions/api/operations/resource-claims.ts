import { ulid } from 'ulid';
import type { Execution } from '../../../shared/contracts/execution.ts';
import type { Allocation, AllocationRequest } from '../../../shared/contracts/resource-allocation.ts';
import type { AllocatedOrWaits, LeaseReply } from '../../../shared/contracts/resource-requests.ts';
import type { ResourceType } from '../../../shared/contracts/vocabulary.ts';
import { type AllocateDeps, allocate, type On } from '../../../shared/domain/allocation/allocate.ts';
import { inWords } from '../../../shared/domain/allocation/counts.ts';
import { tellOfFree } from '../../../shared/domain/allocation/freed.ts';
import { allocationPriority } from '../../../shared/domain/allocation/priority.ts';
import { endLease, renewLease } from '../../../shared/domain/release.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { Runtime } from '../../../shared/lambda/runtime.ts';
import type { ExecutionsStore } from '../../../shared/stores/executions.ts';
import { isGoing } from '../../../shared/stores/lifecycle.ts';
import type { Lease } from '../../../shared/stores/resources.ts';
import type { Perform } from '../operation.ts';
import { conflict, notFound, ok, type Reply, short } from '../reply.ts';
import { noUnit } from './resource-words.ts';
import { waitInLine } from './waiting.ts';

export interface ClaimDeps extends AllocateDeps {
  executions: ExecutionsStore;
  runtime: Pick<Runtime, 'random'>;
}

/** Who holds what is allocated by hand: the run, or the incident where there is none. */
export const holderOf = ({ executionId, incidentId }: { executionId?: string | undefined; incidentId?: string | undefined }): string =>
  executionId ?? `incident/${incidentId}`;

const overReply = ({ id, status }: Execution): Reply => conflict(`${id} is ${status}, or ends: nothing is given to it`);

type Given<O> = Extract<Allocation, { outcome: O }>;
type Gives = Reply<AllocatedOrWaits, 200>;

const allocated = ({ executionId: holder, step }: AllocationRequest, { outcome: _, ...given }: Given<'allocated'>): Gives =>
  ok({ holder, step, ...given });

const shortReply = ({ short: lacking, notNearer }: Given<'short'>, { requires }: AllocationRequest): Reply => {
  const detail = `Nothing is held: ${inWords(lacking, requires)} short within reach. Ask for fewer, elsewhere, or with another priority, or say waitS`;
  return short(detail, lacking, notNearer);
};

/** Served in the moment in which it took its place, or the place. */
const waitsReply = (
  want: AllocationRequest,
  { stands, served }: NonNullable<Awaited<ReturnType<typeof waitInLine>>>,
  lacking: Given<'short'>['short'],
): Gives => {
  if (served?.outcome === 'allocated') return allocated(want, served);
  const { position, waiter } = stands;
  return ok({ holder: want.executionId, step: want.step, waiting: { position, until: waiter.until, short: lacking } });
};

/** Undefined where the run no longer goes on. */
const claimOrWait = async (deps: ClaimDeps, want: AllocationRequest, on: On, waitS: number | undefined): Promise<Gives | undefined> => {
  const given = await allocate(deps)(want, on);
  if (given?.outcome !== 'short') return given && allocated(want, given);
  const waits = waitS === undefined ? undefined : await waitInLine(deps, want, { ...on, waitS, short: given.short });
  return waits ? waitsReply(want, waits, given.short) : shortReply(given, want);
};

/** A person allocates: for a run, which must go on, or for an incident. What is short waits, where that is asked for, or is said with why nobody near is sent. */
export const allocateResources =
  (deps: ClaimDeps): Perform<'allocateResources'> =>
  async ({ body, caller }) => {
    const { executionId, incidentId, priority, waitS, reason: _, ...wanted } = body;
    const run = executionId === undefined ? undefined : await deps.executions.get(executionId);
    if (executionId !== undefined && !run) return notFound(`There is no execution ${executionId.slice(0, 100)}`);
    if (run && !isGoing(run)) return overReply(run);
    const step = `by-hand-${ulid(deps.clock.now(), deps.runtime.random)}`;
    const of = priority ?? (run ? allocationPriority(run.priority) : 'NORMAL');
    const want: AllocationRequest = { ...wanted, executionId: holderOf(body), step, priority: of };
    const on = {
      incidentId: run?.incidentId ?? incidentId ?? '',
      actor: `person/${caller.sub}`,
      goesOn: run && deps.executions.isGoing(run.id),
    };
    return (await claimOrWait(deps, want, on, waitS)) ?? (run ? overReply(run) : conflict('It no longer goes on'));
  };

type Found = { ok: true; lease: Lease; type: ResourceType } | { ok: false; reply: Reply };

/** The lease that is meant: the unit's own, under this very claim. */
const leaseMeant = async ({ resources }: ClaimDeps, id: string, fence: number): Promise<Found> => {
  const unit = await resources.get(id);
  if (!unit) return { ok: false, reply: noUnit(id) };
  const lease = unit.fence === fence ? await resources.leaseOf(unit) : undefined;
  if (lease) return { ok: true, lease, type: unit.type };
  const says = unit.holder ? `held by ${unit.holder} under claim ${unit.fence}` : `${unit.status}`;
  return { ok: false, reply: conflict(`${id} is not held under claim ${fence}: it is ${says}`) };
};

const standing = async ({ resources }: ClaimDeps, id: string): Promise<Reply<LeaseReply, 200>> => {
  const unit = await resources.get(id);
  return unit ? ok({ id, status: unit.status, fence: unit.fence, leaseUntil: unit.leaseUntil }) : noUnit(id);
};

const moved = (id: string): Reply => conflict(`${id} changed hands in this moment: look at it again`);

export const releaseResource =
  (deps: ClaimDeps): Perform<'releaseResource'> =>
  async ({ params: { id = '' }, body: { fence }, caller }) => {
    const found = await leaseMeant(deps, id, fence);
    if (!found.ok) return found.reply;
    if (!(await endLease(deps)(found.lease, 'FREE', `person/${caller.sub}`))) return moved(id);
    await tellOfFree(deps)([found.type]);
    return standing(deps, id);
  };

export const renewResource =
  (deps: ClaimDeps): Perform<'renewResource'> =>
  async ({ params: { id = '' }, body: { fence, leaseS }, caller }) => {
    const found = await leaseMeant(deps, id, fence);
    if (!found.ok) return found.reply;
    const until = iso(deps.clock.now() + leaseS * 1000);
    return (await renewLease(deps)(found.lease, until, `person/${caller.sub}`)) ? standing(deps, id) : moved(id);
  };
