import type { ActionType } from '../../shared/contracts/vocabulary.ts';
import type { ActionSpec } from './spec.ts';
import { typed } from './typed.ts';

export { type ActionSpec, subsystems } from './spec.ts';

/** The 25 actions: what each is, who performs it, and what it may be told. */
export const vocabulary: Readonly<Record<ActionType, ActionSpec>> = typed;

/** Help is sent for even where nobody is free to be sent, and whatever has changed since somebody was asked: as it is addressed, nothing withholds this action. */
export const isNeverWithheld = (action: ActionType, args: Readonly<Record<string, unknown>>): boolean => {
  const rule = vocabulary[action].neverWithheld;
  return typeof rule === 'boolean' ? rule : rule.to.includes(String(args['to']));
};
