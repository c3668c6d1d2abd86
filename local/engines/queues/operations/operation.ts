import type { Ground } from '../../../kernel/engine.ts';
import type { MoveTasks } from '../move-tasks.ts';
import type { Known, Registry } from '../registry.ts';
import type { Store } from '../store.ts';
import type { Waiting } from '../waiting.ts';

export type Input = Record<string, unknown>;
export type Operation = (input: Input) => Record<string, unknown> | Promise<Record<string, unknown>>;
export type Operations = Readonly<Record<string, Operation>>;

/** What the operations of the API work with. */
export interface Desk {
  readonly ground: Ground;
  readonly registry: Registry;
  readonly store: Store;
  readonly waiting: Waiting;
  readonly tasks: MoveTasks;
  /** Throws where the port could not judge by this policy. */
  readonly checkPolicy: (policy: string) => void;
  readonly urlOf: (known: Known) => string;
}
