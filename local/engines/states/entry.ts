import type { Drive } from '../../../statemachines/interpret/drive.ts';
import type { Machine } from '../../../statemachines/interpret/machine.ts';
import type { Input, Status } from '../../../statemachines/interpret/protocol.ts';

/** A definition with its role: what executions run. Never changes; executions keep the one they began with. */
export interface Revision {
  /** The machine's ARN and name. */
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  /** The definition's text, as it was given. */
  readonly text: string;
  /** Names this very definition and role in the log. */
  readonly hash: string;
  readonly at: number;
  /** Prepared when first asked for. */
  readonly machine: () => Machine;
}

/** Under which version and alias an execution was started. */
export interface Qualified {
  readonly versionArn?: string;
  readonly aliasArn?: string;
}

/** What of an execution never changes. */
export interface Birth extends Qualified {
  readonly name: string;
  readonly at: number;
  /** Seeds `$random`, `$uuid`, jitter and task tokens. */
  readonly seed: string;
}

/** How an execution ended. */
export interface Ending {
  readonly status: Exclude<Status, 'RUNNING'>;
  readonly stoppedAt: number;
  /** Length of its history. */
  readonly events: number;
}

export interface Outcome {
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** All that an execution can be rebuilt and described from. */
export interface Tale extends Outcome {
  readonly input: string;
  readonly inputs: readonly Input[];
}

/** What an execution needs while it runs. */
export interface Live {
  readonly input: string;
  readonly inputs: Input[];
  drive?: Drive;
  /** Resolves when `drive` is there. */
  ready: Promise<void>;
  /** Tasks whose answer was taken, whether it was applied already or not. */
  readonly answered: Set<number>;
  /** Executions that tasks started and wait for, by the task. */
  readonly children: Map<number, string>;
}

/** One execution: `live` while it runs, `ending` and its tale packed after it ended. */
export interface Entry {
  readonly arn: string;
  readonly revision: Revision;
  readonly birth: Birth;
  /** Counts up in the order of the starts. */
  readonly ordinal: number;
  redrives: number;
  redrivenAt?: number;
  /** The client's token of the last redrive, by which a repetition of it is known. */
  redriveToken?: string;
  live?: Live;
  ending?: Ending;
  packed?: string;
}

export const newLife = (input: string, inputs: readonly Input[] = []): Live => ({
  input,
  inputs: [...inputs],
  ready: Promise.resolve(),
  answered: new Set(),
  children: new Map(),
});
