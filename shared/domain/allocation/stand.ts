import type { AllocationRequest } from '../../contracts/resource-allocation.ts';
import type { Waiter } from '../../contracts/resource-waiting.ts';
import { iso } from '../../lambda/ids.ts';
import type { Clock } from '../../lambda/runtime.ts';
import type { JournalStore } from '../../stores/journal.ts';
import type { ResourcesStore } from '../../stores/resources.ts';
import type { Write } from '../../stores/table.ts';
import { comesAt, isOf, MOST_WAITING, placeOf } from './line.ts';
import { waitEndedEntry, waitingEntry } from './served.ts';

export interface LineDeps {
  resources: ResourcesStore;
  journal: JournalStore;
}

/** What is short and waits, at most until `until` (ms). `goesOn` must hold of its run. */
export interface Waits extends Pick<Waiter, 'incidentId' | 'actor' | 'token'> {
  readonly request: AllocationRequest;
  readonly until: number;
  readonly short: object;
  readonly goesOn?: Write | undefined;
}

const ATTEMPTS = 10;

/** The place that a request takes, and the one that the same step has already: another urgency is another place, behind those of that. Pure; `now` is ms. */
const placed = (line: readonly Waiter[], { request, until, short: _short, goesOn: _goesOn, ...who }: Waits, now: number) => {
  const before = line.find(isOf(request));
  const isSame = before?.request.priority === request.priority;
  const sinceMs = isSame ? Date.parse(before.since) : comesAt(line, request.priority, now);
  const place = placeOf(request, sinceMs);
  const waiter: Waiter = { ...who, request, place, since: iso(sinceMs), until: iso(until) };
  return { waiter, before, position: line.filter((one) => one.place < place).length + 1 };
};

const takes = (resources: ResourcesStore, waiter: Waiter, before: Waiter | undefined): Write[] =>
  before && before.place !== waiter.place ? [...resources.leave(before), resources.stand(waiter)] : [resources.stand(waiter, before)];

/** Takes a place in the line, or keeps the one that the same step has with the same urgency. `full` where too many stand there, `over` where its run no longer goes on. */
export const stand =
  ({ resources, journal, clock }: LineDeps & { clock: Clock }) =>
  async (waits: Waits): Promise<{ waiter: Waiter; position: number } | 'full' | 'over'> => {
    const { incidentId, short, goesOn } = waits;
    const gate = goesOn ? [goesOn] : [];
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const line = await resources.line();
      const { waiter, before, position } = placed(line, waits, clock.now());
      if (!before && line.length >= MOST_WAITING) return 'full';
      const entries = before?.place === waiter.place ? [] : [waitingEntry(waiter, position, short)];
      const done = await journal.commit(incidentId, entries, [...gate, ...takes(resources, waiter, before)]);
      if (done.ok) return { waiter, position };
      if (done.failed.some((at) => at < gate.length)) return 'over';
    }
    const { executionId, step } = waits.request;
    throw new Error(`The line changed ${ATTEMPTS} times while ${executionId} took its place for ${step}; it will be tried again`);
  };

/** Whatever a run, or one of its steps, waits for it waits for no longer. */
export const leaveLine =
  ({ resources, journal }: LineDeps) =>
  async (executionId: string, actor: string, why: string, step?: string): Promise<void> => {
    const isMeant = ({ request }: Waiter): boolean => request.executionId === executionId && (step === undefined || request.step === step);
    for (const waiter of (await resources.line()).filter(isMeant))
      await journal.commit(waiter.incidentId, [waitEndedEntry(waiter, actor, why)], resources.leave(waiter));
  };
