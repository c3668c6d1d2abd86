import type { ActionType } from '../../shared/contracts/vocabulary.ts';
import { knowledge } from './knowledge.ts';
import { messages } from './messages.ts';
import type { ActionSpec } from './spec.ts';
import { units } from './units.ts';

export { type ActionSpec, type Effect, type Subsystem, subsystems, Topic } from './spec.ts';

/** The 25 actions as the types see them: each keeps its own effect and parameters. */
export const typedVocabulary = { ...units, ...messages, ...knowledge } satisfies Record<ActionType, ActionSpec>;

/** The 25 actions. */
export const vocabulary: Readonly<Record<ActionType, ActionSpec>> = typedVocabulary;
