import { chanceOf } from './chance.ts';
import type { Data } from './data.ts';
import type { StateFailure } from './failure.ts';
import type { Machine, Part, State } from './machine.ts';
import type { Effect, HistoryEvent, Started, Status, TaskOrder } from './protocol.ts';

/** Where one line of states stands: the machine's own, a branch of a Parallel or an iteration of a Map. */
export interface Frame {
  readonly part: Part;
  parent?: Active;
  /** Which branch or iteration of the parent this is. */
  readonly index: number;
  /** Variables in scope. Never changed in place: a branch starts with its parent's and goes on with its own. */
  variables: Readonly<Record<string, unknown>>;
  /** Bytes of the variables that this line assigned itself, by name. */
  sizes: Readonly<Record<string, number>>;
  item?: { Index: number; Value: unknown };
  /** Id of this line's last history event. */
  last: number;
  active?: Active;
  /** Ended, failed or cancelled: whatever still comes for it is ignored. */
  closed: boolean;
  /** Came to its own end. */
  done: boolean;
  /** Where a redrive takes it up: the state it was sent to, that state's last visit, and what was done beneath it. */
  next?: { name: string; input: Data };
  latest?: Active;
  rest?: Children;
  /** An iteration of a distributed Map keeps its own history, which is not the execution's. */
  readonly hidden: boolean;
}

/** A task that the world was asked to do. */
export interface Task {
  readonly order: TaskOrder;
  readonly kind: 'task' | 'function' | 'reader';
  submitted: boolean;
  /** What the service answered when it took the request. */
  submission?: unknown;
  timeout?: number;
  timeoutSeconds?: number;
  heartbeat?: number;
  heartbeatSeconds?: number;
}

/** How many items of a Map may fail, and how many of a hundred. */
export interface Tolerance {
  readonly count?: number;
  readonly percentage?: number;
}

/** Branches or iterations under way in a Parallel or Map. */
export interface Children {
  frames: Frame[];
  results: unknown[];
  open: number;
  /** All lines came to their end, and the state goes on to its output. */
  settled: boolean;
  /** Map only: what each iteration gets, of which batches are several items. */
  items: readonly unknown[];
  batches?: readonly (readonly unknown[])[];
  nextItem: number;
  concurrency: number;
  /** Items that failed, of how many; without a tolerance the first failure is the Map's own. */
  failures: number;
  total: number;
  tolerance?: Tolerance;
}

/** A state that was entered and not left. */
export interface Active {
  readonly frame: Frame;
  readonly state: State;
  readonly input: Data;
  readonly enteredId: number;
  readonly enteredAt: number;
  /** Retries done, by retrier. */
  readonly attempts: number[];
  retryCount: number;
  token?: string;
  task?: Task;
  timer?: number;
  children?: Children;
}

export type Alarm = { why: 'execution' } | { why: 'wait' | 'retry' | 'timeout' | 'heartbeat'; active: Active };

export type Work =
  | { do: 'enter'; frame: Frame; name: string; input: Data }
  /** Begins a state once more that was entered before. */
  | { do: 'again'; frame: Frame; visit: Active; rest: Children | undefined }
  | { do: 'end'; frame: Frame; output: Data }
  | { do: 'break'; frame: Frame; failure: StateFailure };

/** Everything an execution is. Only `step` changes it. */
export interface Execution {
  readonly machine: Machine;
  readonly start: Started;
  readonly input: Data;
  readonly chance: () => number;
  now: number;
  status: Status;
  stoppedAt?: number;
  output?: Data;
  error?: string;
  cause?: string;
  redrives: number;
  redrivenAt?: number;
  /** `$states.context.Execution`, once somebody asked for it. */
  identity?: Record<string, unknown>;
  readonly history: HistoryEvent[];
  readonly root: Frame;
  readonly tasks: Map<number, Active>;
  readonly timers: Map<number, { at: number; alarm: Alarm }>;
  serial: number;
  /** Bytes ever assigned to variables. */
  assigned: number;
  /** What is to do in this step: states to enter, oldest first, so that branches take turns; ends of lines before everything else. */
  work: Work[];
  effects: Effect[];
}

const NOTHING = {};

export const frameOf = (part: Part, over: Partial<Frame> = {}): Frame => ({
  part,
  index: 0,
  variables: {},
  sizes: NOTHING,
  last: 0,
  closed: false,
  done: false,
  hidden: false,
  ...over,
});

export const newExecution = (machine: Machine, start: Started, input: Data): Execution => ({
  machine,
  start,
  input,
  chance: chanceOf(start.seed),
  now: start.at,
  status: 'RUNNING',
  redrives: 0,
  history: [],
  root: frameOf(machine),
  tasks: new Map(),
  timers: new Map(),
  serial: 0,
  assigned: 0,
  work: [],
  effects: [],
});
