import type { StepRecord } from '../contracts/execution.ts';

/** A subsystem was asked, and had not answered when the step was held for a person. What a machine may undo was called off then; the rest may be done yet. */
const isStillAsked = ({ status, undo, asked = [], actionId, error }: StepRecord): boolean =>
  status === 'HELD' && undo !== 'auto' && error === undefined && asked.includes(actionId);

/** Whether a step reached its subsystem and nothing took that back. */
export const stands = (step: StepRecord): boolean => step.status === 'COMPLETED' || step.status === 'DISPATCHED' || isStillAsked(step);

/** What is to become of a step that had an effect, newest first. Steps that never reached a subsystem need nothing. */
export const undoPlan = (steps: readonly StepRecord[]): { step: StepRecord; undo: 'auto' | 'human' | 'never' }[] =>
  steps
    .filter((step) => stands(step) && step.subsystem !== 'swoe')
    .sort((a, b) => (a.startedAt === b.startedAt ? b.ordinal - a.ordinal : a.startedAt < b.startedAt ? 1 : -1))
    .map((step) => ({ step, undo: step.undo }));

/** Who must undo what was not undone, by how the step may be: a machine that failed to is followed by a person too. */
export const WHO_MUST = {
  human: 'a named person must undo it',
  never: 'it cannot be undone',
  auto: 'the undo failed; a named person must undo it',
} as const;
