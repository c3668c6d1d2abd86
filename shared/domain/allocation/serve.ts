import type { Execution } from '../../contracts/execution.ts';
import type { Allocation } from '../../contracts/resource-allocation.ts';
import type { LineAnswer, Waiter } from '../../contracts/resource-waiting.ts';
import type { Tokens } from '../../lambda/machines.ts';
import type { ExecutionsStore } from '../../stores/executions.ts';
import { isGoing } from '../../stores/lifecycle.ts';
import { type AllocateDeps, allocate } from './allocate.ts';
import { inWords } from './counts.ts';
import { waitEndedEntry } from './served.ts';

export interface ServeDeps extends AllocateDeps {
  executions: Pick<ExecutionsStore, 'get' | 'isGoing'>;
  tokens: Tokens;
}

/** The least (s) that anybody is given a unit for. */
const SHORTEST_S = 60;

/** Why one stands in the line no longer, and what its machine is told of that; undefined where it still does. Pure; `now` is ms. */
export const overFor = (
  waiter: Waiter,
  run: Execution | undefined,
  isRun: boolean,
  now: number,
): { why: string; short?: string } | undefined => {
  if (isRun && !(run && isGoing(run))) return { why: 'its run no longer goes on' };
  if (now < Date.parse(waiter.until)) return undefined;
  const short = `waited from ${waiter.since} to ${waiter.until} for ${inWords(waiter.request.needs, waiter.request.requires)}, and too few were free at once`;
  return { why: 'its time is over', short };
};

/** What it asks for now: a step's lease ends when its run does, however long it waited; a person's is as long as was asked for. */
const wantOf = ({ request, since, token }: Waiter, now: number) => ({
  ...request,
  leaseS: token === undefined ? request.leaseS : Math.max(SHORTEST_S, request.leaseS - (now - Date.parse(since)) / 1000),
});

const isIncident = (holder: string): boolean => holder.startsWith('incident/');

/** Serves one who stands in the line, or lets it go where its time or its run is over; undefined where it is not given anything. */
export const serveOne =
  (deps: Omit<ServeDeps, 'tokens'>, actor: string) =>
  async (waiter: Waiter): Promise<Allocation | undefined> => {
    const { request, incidentId } = waiter;
    const { executionId } = request;
    const isRun = !isIncident(executionId);
    const run = isRun ? await deps.executions.get(executionId) : undefined;
    const over = overFor(waiter, run, isRun, deps.clock.now());
    if (over) {
      const answer = over.short === undefined ? undefined : { short: over.short };
      await deps.journal.commit(incidentId, [waitEndedEntry(waiter, actor, over.short ?? over.why)], deps.resources.leave(waiter, answer));
      return undefined;
    }
    const goesOn = isRun ? deps.executions.isGoing(executionId) : undefined;
    return allocate(deps)(wantOf(waiter, deps.clock.now()), { incidentId, actor, goesOn, waiter });
  };

/** Tells machines what became of their waits. A token that is gone is nobody's wait any more. */
export const tellAnswers = async ({ resources, journal, tokens }: Pick<ServeDeps, 'resources' | 'journal' | 'tokens'>): Promise<void> => {
  const tell = ({ token, short }: LineAnswer): Promise<boolean> =>
    short === undefined ? tokens.succeed(token, { served: true }) : tokens.fail(token, 'SWOE.ResourcesShort', short);
  for (const answer of await resources.answers()) {
    await tell(answer);
    await journal.commit(answer.place, [], [resources.answered(answer)]);
  }
};

/** Goes down the line once: whoever can be served is, in its order, and whose time is over leaves it. Any number of times, and any number at once. */
export const serve = (deps: ServeDeps, actor: string) => async (): Promise<void> => {
  for (const waiter of await deps.resources.line()) await serveOne(deps, actor)(waiter);
  await tellAnswers(deps);
};
