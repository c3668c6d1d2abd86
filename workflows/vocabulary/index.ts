import type { ActionType } from '../../shared/contracts/vocabulary.ts';
import type { ActionSpec } from './spec.ts';
import { typed } from './typed.ts';

export { type ActionSpec, subsystems } from './spec.ts';

/** The 25 actions: what each is, who performs it, and what it may be told. */
export const vocabulary: Readonly<Record<ActionType, ActionSpec>> = typed;

/** No guardrail and no shortage withholds this action, as it is addressed: help is sent for even where nobody is free to be sent. */
export const isNeverWithheld = (action: ActionType, args: Readonly<Record<string, unknown>>): boolean => {
  const rule = vocabulary[action].neverWithheld;
  return typeof rule === 'boolean' ? rule : rule.to.includes(String(args['to']));
};
