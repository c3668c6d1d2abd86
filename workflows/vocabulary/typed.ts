import type { ActionType } from '../../shared/contracts/vocabulary.ts';
import { knowledge } from './knowledge.ts';
import { messages } from './messages.ts';
import type { ActionSpec } from './spec.ts';
import { units } from './units.ts';

/** The 25 actions as the language's types see them: each keeps its own effect and parameters. */
export const typed = { ...units, ...messages, ...knowledge } satisfies Record<ActionType, ActionSpec>;
