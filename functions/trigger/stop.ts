import type { Execution } from '../../shared/contracts/execution.ts';
import type { Kernel } from '../../shared/contracts/kernel.ts';
import type { ExecutionControl } from '../../shared/contracts/run-events.ts';
import { stopped } from '../../shared/domain/kernel/state.ts';
import type { OwnBus } from '../../shared/lambda/bus.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { GateDeps } from './gate.ts';

export interface StopDeps extends GateDeps {
  bus: OwnBus;
}

/** The word by which whoever stopped the engine cancels one of its runs; each run takes it once. */
const cancelOf = (
  { by = '', role = 'kernel_operator', reason = '', generation }: Kernel,
  executionId: string,
  now: number,
): ExecutionControl => ({
  op: 'cancel',
  executionId,
  by,
  role,
  reason,
  at: iso(now),
  requestId: `stop-${generation}`,
});

/** What still runs; what only waits to start does not. */
const under = (runs: readonly Execution[]): Execution[] => runs.filter(({ status }) => status !== 'QUEUED');

/**
 * An engine that stops: where its runs are to be called off they are cancelled as a person cancels one; when none is left it is STOPPED.
 * Looked at when it is stopped, at each end of a run, and by the sweep.
 */
export const stop =
  ({ executions, journal, kernel, bus, clock }: StopDeps) =>
  async (engine: Kernel, callOff: boolean): Promise<void> => {
    const running = under(await executions.underWay());
    const now = clock.now();
    if (running.length === 0) {
      const { reason, mode, by, role } = engine;
      await journal.commit(
        'kernel',
        [{ kind: 'kernel.stopped', actor: 'system/trigger', data: { reason, mode, by, role, generation: engine.generation + 1 } }],
        kernel.enter(engine, stopped(engine, now)),
      );
    } else if (callOff && engine.mode === 'compensate') {
      const words = running.filter(({ ending }) => !ending).map(({ id }) => cancelOf(engine, id, now));
      await bus.announce(...words.map((detail) => ({ type: 'execution.control', detail })));
    }
  };
