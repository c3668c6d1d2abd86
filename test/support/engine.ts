import type { KernelCommand, StopMode } from '../../shared/contracts/kernel.ts';
import { commanded } from '../../shared/domain/kernel/state.ts';
import type { Rooms } from './rooms.ts';

/** An operator's word to the engine under rooms tested alone, as the API writes it. */
export const operate = async ({ stores, scheduler }: Rooms, command: KernelCommand, mode?: StopMode): Promise<void> => {
  const was = await stores.kernel.get();
  const now = commanded(was, command, { by: 'op-1', role: 'kernel_operator', reason: 'a drill', mode }, scheduler.now());
  const kind = ({ start: 'started', stop: 'stopping', pause: 'paused', resume: 'resumed' } as const)[command];
  const entry = { kind: `kernel.${kind}`, actor: 'person/op-1', data: { generation: now.generation } } as const;
  const done = await stores.journal.commit('kernel', [entry], stores.kernel.enter(was, now));
  if (!done.ok) throw new Error(`The engine changed while it was told to ${command}`);
};
