import type { Execution, Missing, StepRecord } from '../contracts/execution.ts';

/**
 * What a run lacks: what its `miss` commands noted, and every step that never came to its end, should such a command have
 * been lost. Pure.
 */
export const missingFrom = ({ missing }: Pick<Execution, 'missing'>, steps: readonly StepRecord[]): Missing[] => {
  const noted = new Set(missing.map(({ step }) => step));
  const unended = steps.filter(({ step, status }) => status !== 'COMPLETED' && status !== 'UNDONE' && !noted.has(step));
  return [
    ...missing,
    ...unended.map(({ step, action, status, error, cause }) => ({ step, action, error: error ?? status, cause: cause ?? '' })),
  ];
};
