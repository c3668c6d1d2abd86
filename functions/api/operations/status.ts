import type { Execution, StepRecord } from '../../../shared/contracts/execution.ts';
import type { Ledger } from '../../../shared/contracts/ledger.ts';
import { inFlightOf } from '../../../shared/domain/figures.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { ChannelsStore, Counts } from '../../../shared/stores/channels.ts';
import type { ExecutionsStore } from '../../../shared/stores/executions.ts';
import type { KernelStore } from '../../../shared/stores/kernel.ts';
import type { Perform } from '../operation.ts';
import { notFound, ok } from '../reply.ts';
import { withoutToken } from '../views.ts';

interface Deps {
  channels: ChannelsStore;
  executions: ExecutionsStore;
  kernel: Pick<KernelStore, 'get'>;
  clock: Clock;
  about: { version: string; stage: string };
}

/** More than anyone can look at; the count beside the list is of all. */
const SHOWN = 100;

/** The ledger as it is promised: what failed to start has failed. */
const ledgerOf = ({ failedToStart, ...counts }: Counts): Ledger => ({ ...counts, failed: counts.failed + failedToStart });

export const getStatus =
  ({ channels, executions, kernel, clock, about }: Deps): Perform<'getStatus'> =>
  async () => {
    const [counts, active, waiting, engine] = await Promise.all([
      channels.counts(),
      executions.active(),
      executions.openApprovals(),
      kernel.get(),
    ]);
    return ok({
      service: 'swoe',
      ...about,
      now: iso(clock.now()),
      kernel: engine,
      ledger: ledgerOf(counts),
      inFlight: inFlightOf(counts),
      failedToStart: counts.failedToStart,
      active: active.length,
      // A pause waits for nobody's answer.
      approvalsWaiting: waiting.filter(({ kind }) => kind !== 'pause').length,
    });
  };

/** The frozen input stands in `GET /executions/{id}`; here is what a dispatcher needs to see at a glance. */
const glance = ({ input, ...execution }: Execution, steps: StepRecord[]) => ({
  ...execution,
  summary: input.summary,
  location: input.location,
  steps: steps.map(withoutToken),
});

export const getActive =
  ({ executions }: Pick<Deps, 'executions'>): Perform<'getActive'> =>
  async () => {
    const active = (await executions.active()).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    const shown = active.slice(0, SHOWN).map(async ({ id }) => {
      const [execution, steps] = await Promise.all([executions.get(id), executions.steps(id)]);
      return execution ? [glance(execution, steps)] : [];
    });
    return ok({ total: active.length, items: (await Promise.all(shown)).flat() });
  };

export const getExecution =
  ({ executions }: Pick<Deps, 'executions'>): Perform<'getExecution'> =>
  async ({ params: { id = '' } }) => {
    const execution = await executions.get(id);
    if (!execution) return notFound(`There is no execution ${id}; GET /status/active lists those under way`);
    const [steps, approvals] = await Promise.all([executions.steps(id), executions.approvalsOf(id)]);
    return ok({ ...execution, steps: steps.map(withoutToken), approvals: approvals.map(withoutToken) });
  };
