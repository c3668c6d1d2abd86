import type { Drive } from '../../../statemachines/interpret/drive.ts';
import type { Machine } from '../../../statemachines/interpret/machine.ts';
import type { Input, Started, Status } from '../../../statemachines/interpret/protocol.ts';

/** A definition under the name that was deployed; executions keep the one they began with. */
export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  /** The definition's text, as it was given. */
  readonly text: string;
  /** Names this very definition and role in the log. */
  readonly hash: string;
  readonly machine: Machine;
  readonly createdAt: number;
}

/** How an execution ended. */
interface Ending {
  readonly status: Status;
  readonly stoppedAt: number;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** One execution. `drive` is there while it runs and after it ended in this process; after a restart an ended one has its inputs instead. */
export interface Entry {
  readonly arn: string;
  readonly machine: StateMachine;
  readonly started: Started;
  readonly inputText: string;
  ending?: Ending;
  drive?: Drive;
  /** Resolves when `drive` is there. */
  ready: Promise<void>;
  /** Under way or done: the rebuilding of an ended execution that somebody asked for. */
  revival?: Promise<void>;
  /** Tasks whose answer was taken, whether it was applied already or not. */
  readonly answered: Set<number>;
  /** Inputs read back from the log. */
  inputs: Input[];
}

/** What this engine writes into the log. Everything else about an execution follows from these. */
export type StatesRecord =
  | { kind: 'definition'; arn: string; name: string; roleArn: string; text: string; hash: string; at: number }
  | { kind: 'start'; machine: string; started: Started; inputText: string }
  | { kind: 'input'; execution: string; input: Input }
  | { kind: 'end'; execution: string; ending: Ending };
