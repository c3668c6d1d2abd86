import type { ActionType } from '../../shared/contracts/vocabulary.ts';
import type { ActionSpec } from './spec.ts';
import { typed } from './typed.ts';

export { type ActionSpec, subsystems } from './spec.ts';

/** The 25 actions: what each is, who performs it, and what it may be told. */
export const vocabulary: Readonly<Record<ActionType, ActionSpec>> = typed;
