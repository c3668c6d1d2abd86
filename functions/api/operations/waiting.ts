import type { AllocationRequest } from '../../../shared/contracts/resource-allocation.ts';
import type { Standing } from '../../../shared/contracts/resource-waiting.ts';
import { inWords } from '../../../shared/domain/allocation/counts.ts';
import { downTheLine, type InLineDeps, type Turn } from '../../../shared/domain/allocation/in-line.ts';
import { CLAIM_MS } from '../../../shared/domain/allocation/line.ts';
import { type ServeDeps, serveOne } from '../../../shared/domain/allocation/serve.ts';
import { stand } from '../../../shared/domain/allocation/stand.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { Write } from '../../../shared/stores/table.ts';
import type { Perform } from '../operation.ts';
import { ok } from '../reply.ts';

/** Why it still waits, in words. */
const whyWaits = ({ waiter: { since, request }, chosen: { ok: isWhole, short }, keeps }: Turn, kept: readonly string[]): string => {
  if (isWhole) return 'it can be served now';
  const few = `too few units can be sent there: ${inWords(short, request.requires)} short`;
  if (kept.length === 0) return few;
  const until = iso(Date.parse(since) + CLAIM_MS);
  return keeps ? `${few}; ${kept.join(', ')} left to it until ${until}` : few;
};

const standing = (turn: Turn, at: number): Standing => {
  const { request, incidentId, since, until } = turn.waiter;
  const { executionId: holder, step, needs, requires, prefers, priority } = request;
  const kept = turn.keeps ? turn.chosen.picks.map(({ id }) => id) : [];
  const { short } = turn.chosen;
  const what = { step, incidentId, needs, requires, prefers, priority };
  return { position: at + 1, holder, ...what, since, until, short, keeps: kept, why: whyWaits(turn, kept) };
};

/** The line as it would be served now. */
export const waitingResources =
  (deps: InLineDeps): Perform<'waitingResources'> =>
  async () =>
    ok({ items: (await downTheLine(deps)(await deps.resources.line())).map(standing) });

/** A person's request that is short takes its place, and is served at once where a unit was freed since; undefined where too many wait, or its run is over. */
export const waitInLine = async (
  deps: Omit<ServeDeps, 'tokens'>,
  request: AllocationRequest,
  asked: { incidentId: string; actor: string; waitS: number; short: object; goesOn?: Write | undefined },
) => {
  const { waitS, ...who } = asked;
  const stands = await stand(deps)({ ...who, request, until: deps.clock.now() + waitS * 1000 });
  if (typeof stands === 'string') return undefined;
  return { stands, served: await serveOne(deps, who.actor)(stands.waiter) };
};
