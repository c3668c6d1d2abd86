import type { AllocationRequest } from '../../contracts/resource-allocation.ts';
import type { Waiter } from '../../contracts/resource-waiting.ts';
import { AllocationPriority } from '../../contracts/vocabulary.ts';
import { iso } from '../../lambda/ids.ts';

/** Whoever has waited so long (ms) stands as if of the next higher priority; nothing ages into EMERGENCY. */
export const AGING_MS = 10 * 60_000;
/** Units that a bundle could have are left to it for so long (ms) while others of it are lacking; then whoever they are enough for has them. */
export const CLAIM_MS = 5 * 60_000;
/** So many stand in the line at most: whoever comes then is short at once. */
export const MOST_WAITING = 100;

type Names = Pick<AllocationRequest, 'executionId' | 'step'>;

/**
 * A place in the line, as text that sorts: EMERGENCY by age, before all others; these by age and `AGING_MS` for each level below HIGH. So within
 * a priority the older is first, and a lower one is overtaken only by what came within `AGING_MS` a level of it. It does not change with time.
 */
export const placeOf = ({ priority, executionId, step }: Names & Pick<AllocationRequest, 'priority'>, sinceMs: number): string => {
  const below = Math.max(0, AllocationPriority.options.indexOf(priority) - 1);
  return [priority === 'EMERGENCY' ? '0' : '1', iso(sinceMs + below * AGING_MS), executionId, step].join('#');
};

/** When whoever comes now is taken to have come: after everybody of its priority who stands there, whatever their clocks said (ms). */
export const comesAt = (line: readonly Waiter[], priority: AllocationPriority, now: number): number =>
  Math.max(now, ...line.filter(({ request }) => request.priority === priority).map(({ since }) => Date.parse(since) + 1));

export const isOf =
  ({ executionId, step }: Names) =>
  ({ request }: Pick<Waiter, 'request'>): boolean =>
    request.executionId === executionId && request.step === step;

const share = (a: object, b: object): boolean => Object.keys(a).some((type) => type in b);

/** Who stands before a request and needs units of a type that it needs: before its own place, where it stands in the line itself. Pure; `now` is ms. */
export const aheadOf = (
  line: readonly Waiter[],
  want: Names & Pick<AllocationRequest, 'priority'> & { readonly needs: object },
  now: number,
): Waiter[] => {
  const place = line.find(isOf(want))?.place ?? placeOf(want, comesAt(line, want.priority, now));
  return line.filter((one) => one.place < place && Date.parse(one.until) > now && share(one.request.needs, want.needs));
};

/** Whether what a waiter could have is left to it: it is all that it needs, or it has not waited long for the rest. */
export const keeps = ({ since }: Pick<Waiter, 'since'>, isWhole: boolean, now: number): boolean =>
  isWhole || now < Date.parse(since) + CLAIM_MS;
