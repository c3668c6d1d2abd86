import type { Active, Execution, Tolerance } from '../execution.ts';
import { numberOf, wholeOf } from '../values.ts';

/** What a Map says of failures. A distributed one tolerates none unless it says so, and still fails by the threshold's name. */
export const toleranceOf = async (execution: Execution, active: Active): Promise<Tolerance | undefined> => {
  const { toleratedCount, toleratedPercentage, distributed } = active.state;
  const count = await wholeOf(execution, active, toleratedCount, 0, Number.MAX_SAFE_INTEGER);
  const percentage = await numberOf(execution, active, toleratedPercentage, 0, 100);
  if (count === undefined && percentage === undefined) return distributed ? { count: 0 } : undefined;
  return { count, percentage };
};

/** Whether so many failed items of `total` are let pass; either bound can refuse them. */
export const tolerates = ({ count, percentage }: Tolerance, failures: number, total: number): boolean =>
  (count === undefined || failures <= count) && (percentage === undefined || failures * 100 <= percentage * total);
