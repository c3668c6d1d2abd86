import type { StepRecord } from '../contracts/execution.ts';

/** What is to become of a step that had an effect, newest first. Steps that never reached a subsystem need nothing. */
export const undoPlan = (steps: readonly StepRecord[]): { step: StepRecord; undo: 'auto' | 'human' | 'never' }[] =>
  steps
    .filter(({ status, subsystem }) => (status === 'COMPLETED' || status === 'DISPATCHED') && subsystem !== 'swoe')
    .sort((a, b) => (a.startedAt === b.startedAt ? b.ordinal - a.ordinal : a.startedAt < b.startedAt ? 1 : -1))
    .map((step) => ({ step, undo: step.undo }));

/** Who must undo what was not undone, by how the step may be: a machine that failed to is followed by a person too. */
export const WHO_MUST = {
  human: 'a named person must undo it',
  never: 'it cannot be undone',
  auto: 'the undo failed; a named person must undo it',
} as const;
