import type { JournalKind } from '../../../shared/contracts/journal.ts';
import type { Kernel, KernelCommand } from '../../../shared/contracts/kernel.ts';
import { effectivePriority } from '../../../shared/domain/kernel/order.ts';
import { commanded, kernelRefusal } from '../../../shared/domain/kernel/state.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import type { KernelStore } from '../../../shared/stores/kernel.ts';
import { decodeCursor, encodeCursor } from '../../../shared/stores/table.ts';
import type { ApiBus } from '../bus.ts';
import type { Ask, Perform } from '../operation.ts';
import { conflict, invalidFields, ok, type Refusal, type Reply } from '../reply.ts';

interface Deps {
  kernel: KernelStore;
  journal: JournalStore;
  clock: Clock;
  put: ApiBus;
}

type Word = Pick<Ask<'startKernel'>, 'caller' | 'role' | 'body'> | Pick<Ask<'stopKernel'>, 'caller' | 'role' | 'body'>;

const KIND: Readonly<Record<KernelCommand, JournalKind>> = {
  start: 'kernel.started',
  stop: 'kernel.stopping',
  pause: 'kernel.paused',
  resume: 'kernel.resumed',
};

export const getKernel =
  ({ kernel }: Deps): Perform<'getKernel'> =>
  async () =>
    ok(await kernel.get());

/** The engine as it is from now on, and its entry, in one transaction; undefined where another operator was faster. */
const enter = async (
  { kernel, journal, clock }: Deps,
  command: KernelCommand,
  was: Kernel,
  { caller, role, body }: Word,
): Promise<Kernel | undefined> => {
  const { reason } = body;
  const mode = 'mode' in body ? body.mode : undefined;
  const now = commanded(was, command, { by: caller.sub, role, reason, mode }, clock.now());
  const { generation, pausedMs } = now;
  const done = await journal.commit(
    'kernel',
    [{ kind: KIND[command], actor: `person/${caller.sub}`, data: { was: was.state, reason, role, mode, generation, pausedMs } }],
    kernel.enter(was, now),
  );
  return done.ok ? now : undefined;
};

/** A stop that does not fit is refused before a second person is troubled. */
export const stopAhead =
  ({ kernel }: Pick<Deps, 'kernel'>) =>
  async (): Promise<Refusal | undefined> => {
    const refusal = kernelRefusal(await kernel.get(), 'stop');
    return refusal === undefined ? undefined : conflict(refusal);
  };

/**
 * A person's word to the engine, done when it is answered. Of two at once one is told that things have changed; what waits is let go by the
 * drain, and where the word of that is lost by the sweep.
 */
export const commandKernel =
  (deps: Deps, command: KernelCommand) =>
  async (ask: Word): Promise<Reply<Kernel, 200>> => {
    const was = await deps.kernel.get();
    const refusal = kernelRefusal(was, command);
    if (refusal) return conflict(refusal);
    const now = await enter(deps, command, was, ask);
    if (!now) return conflict('Somebody else commanded the engine in this moment: GET /kernel says how it stands');
    if (command !== 'pause') await deps.put({ source: 'swoe', type: 'kernel.drain', detail: { callOff: command === 'stop' } });
    return ok(now);
  };

export const kernelQueue =
  ({ kernel, clock }: Deps): Perform<'kernelQueue'> =>
  async ({ query: { limit, cursor } }) => {
    const after = cursor === undefined ? undefined : decodeCursor(cursor)?.['after'];
    if (cursor !== undefined && typeof after !== 'string')
      return invalidFields([{ path: 'cursor', message: 'is not one that this list gave' }]);
    const [{ state }, { items, next }] = await Promise.all([kernel.get(), kernel.queue({ limit, after: after as string | undefined })]);
    const now = clock.now();
    const shown = items.map(({ token: _, order: _place, ...item }) => ({
      ...item,
      ageS: Math.max(0, now - Date.parse(item.since)) / 1000,
      effectivePriority: effectivePriority(item, now),
    }));
    return ok({ state, items: shown, ...(next ? { next: encodeCursor({ after: next }) } : {}) });
  };
