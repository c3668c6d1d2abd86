import type { TriggerMatch } from '../../shared/contracts/execution.ts';
import type { KernelDrain, Waiting } from '../../shared/contracts/kernel.ts';
import { mayDispatch, mayStart } from '../../shared/domain/kernel/state.ts';
import type { OwnBus } from '../../shared/lambda/bus.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { Tokens } from '../../shared/lambda/machines.ts';
import type { LogSink } from '../../shared/lambda/runtime.ts';
import { type GateDeps, takeOut } from './gate.ts';
import { stop } from './stop.ts';

export interface DrainDeps extends GateDeps {
  bus: OwnBus;
  tokens: Pick<Tokens, 'succeed'>;
  /** Starts a run whose frozen input is stored, and settles its match. */
  begin: (match: Omit<TriggerMatch, 'outcome'>) => Promise<void>;
  /** How long a run of this workflow may take (s). */
  timeoutOf: (workflow: string) => number | undefined;
  log: LogSink;
}

/** So many are let go by one message: a start takes a second, and a message has thirty. */
const BATCH = 10;

/** The step goes back to where it was held. It is told before it is forgotten, so a crash tells it again. */
const wake = async ({ journal, kernel, tokens }: DrainDeps, item: Waiting): Promise<void> => {
  if (item.token) await tokens.succeed(item.token, { resumed: true });
  await journal.commit(item.incidentId, [], kernel.goes(item));
};

/** Lets one go, if the engine, read anew for each, lets it: a pause that comes in the middle of a drain ends it there. */
const letGo = async (deps: DrainDeps, item: Waiting): Promise<void> => {
  const engine = await deps.kernel.get();
  if (item.kind === 'step') return mayDispatch(engine) ? wake(deps, item) : undefined;
  if (!mayStart(engine)) return;
  const match = await takeOut(deps)(item, engine, deps.timeoutOf(item.workflow));
  if (match) await deps.begin(match);
};

/** One that fails stops no other. What it failed on, if it did. */
const tryOne = async (deps: DrainDeps, item: Waiting): Promise<unknown> => {
  try {
    await letGo(deps, item);
    return undefined;
  } catch (error) {
    const { executionId, step, incidentId } = item;
    say(deps.log, 'warn', 'drain.failed', { executionId, step, incidentId, ...errorFields(error) });
    return error;
  }
};

/**
 * What waits goes in its order, CRITICAL first, a batch a message; the rest by the next message, from where this one came to. Delivered
 * twice, or by two at once, each goes once: whoever takes it out of the queue starts it.
 */
export const drain =
  (deps: DrainDeps) =>
  async ({ after, callOff }: KernelDrain): Promise<void> => {
    const engine = await deps.kernel.get();
    if (engine.state === 'STOPPING') await stop(deps)(engine, callOff);
    if (!mayDispatch(engine)) return;
    const { items, next } = await deps.kernel.queue({ limit: BATCH, after });
    let failure: unknown;
    for (const item of items) failure = (await tryOne(deps, item)) ?? failure;
    if (next) await deps.bus.announce({ type: 'kernel.drain', detail: { after: next } });
    if (failure) throw failure;
  };
