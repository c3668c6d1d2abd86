import type { Execution } from '../contracts/execution.ts';
import { isGoing } from '../stores/lifecycle.ts';

type Run = Pick<Execution, 'id' | 'workflow' | 'status' | 'ending' | 'createdAt'>;

/** A run that gives way to another: why is `merged` within one workflow, `superseded` by a graver one. */
export interface GivingWay<R extends Run> {
  readonly from: R;
  readonly to: R;
  readonly why: 'merged' | 'superseded';
}

/** The workflows that a workflow takes over from, as it says itself. */
export type Supersedes = (workflow: string) => readonly string[];

/** Whether `grave` takes over from `light`, itself or through what it takes over from. */
export const reaches = (supersedes: Supersedes, grave: string, light: string): boolean => {
  const seen = new Set<string>();
  const open = [grave];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const below of supersedes(next)) {
      if (below === light) return true;
      if (!seen.has(below)) open.push(below);
      seen.add(below);
    }
  }
  return false;
};

const isOlder = (a: Run, b: Run): boolean => a.createdAt + a.id < b.createdAt + b.id;

/** Whether `a` stands above `b`. Two that would take over from each other are told apart by age, so that one of them goes on. */
const above =
  (supersedes: Supersedes) =>
  (a: Run, b: Run): boolean =>
    a.workflow !== b.workflow &&
    reaches(supersedes, a.workflow, b.workflow) &&
    (!reaches(supersedes, b.workflow, a.workflow) || isOlder(a, b));

/**
 * Of the runs on one incident, and on those merged into it, which give way and to whom: of each workflow the oldest goes on, unless a
 * graver one goes on that takes over from it. Nobody gives way to one who does. What the runs are listed in does not matter.
 */
export const givingWay = <R extends Run>(runs: readonly R[], supersedes: Supersedes): GivingWay<R>[] => {
  // Nobody gives way to a run that only waits to start: it takes over when it does.
  const going = runs.filter((run) => isGoing(run) && run.status !== 'QUEUED').sort((a, b) => (isOlder(a, b) ? -1 : 1));
  const oldest = going.filter((run, at) => going.findIndex(({ workflow }) => workflow === run.workflow) === at);
  const isAbove = above(supersedes);
  const staying = oldest.filter((run) => !oldest.some((other) => isAbove(other, run)));
  return going.flatMap((from): GivingWay<R>[] => {
    if (staying.includes(from)) return [];
    const same = staying.find(({ workflow }) => workflow === from.workflow);
    const to = same ?? staying.find((run) => isAbove(run, oldest.find(({ workflow }) => workflow === from.workflow) ?? from));
    return to ? [{ from, to, why: same ? 'merged' : 'superseded' }] : [];
  });
};
