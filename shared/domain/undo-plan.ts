import type { StepRecord } from '../contracts/execution.ts';

/** What is to become of a step that had an effect, newest first. Steps that never reached a subsystem need nothing. */
export const undoPlan = (steps: readonly StepRecord[]): { step: StepRecord; undo: 'auto' | 'human' | 'never' }[] =>
  steps
    .filter(({ status, subsystem }) => (status === 'COMPLETED' || status === 'DISPATCHED') && subsystem !== 'swoe')
    .sort((a, b) => (a.startedAt === b.startedAt ? b.ordinal - a.ordinal : a.startedAt < b.startedAt ? 1 : -1))
    .map((step) => ({ step, undo: step.undo }));

/** Who must undo what no machine may. */
export const whoMust = (undo: 'human' | 'never'): string => (undo === 'human' ? 'a named person must undo it' : 'it cannot be undone');
