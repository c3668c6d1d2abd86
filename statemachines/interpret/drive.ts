import type { Execution, Task } from './execution.ts';
import type { Effect, Input, TaskOrder } from './protocol.ts';
import { step } from './step.ts';

/** What an execution runs in: a clock, and someone who does its tasks. */
export interface Host {
  now(): number;
  /** Runs `task` after `ms` milliseconds; returns what calls it off. */
  after(ms: number, task: () => void): () => void;
  /** Does an order and answers through `send` of the drive, now or later. */
  perform(order: TaskOrder): void;
  /** Nobody waits for this task any more. */
  cancelled?(task: number): void;
  /** An input was taken, and will be applied in this turn: the moment to write it down. */
  accepted?(input: Input): void;
  /** An input was applied; the events from `from` on are new. */
  stepped?(from: number): void;
}

type Untimed<T> = T extends { at: number } ? Omit<T, 'at'> : never;

export interface Drive {
  readonly execution: Execution;
  /** Takes an input at once, stamps it with the clock and applies it after those taken before. */
  send(input: Untimed<Input>): void;
  /** Resolves when all inputs taken so far were applied. */
  idle(): Promise<void>;
  /** Applies what `start` asked for. */
  begin(effects: readonly Effect[]): void;
  /**
   * Takes a rebuilt execution up again: its timers (those past fire at once) and its unanswered tasks, under the same tokens. A request
   * that is made anew has its whole time anew; who holds a token has what the clock leaves.
   */
  resume(): void;
}

/** The longest a timer of Node can wait; longer ones are taken in pieces. */
const LONGEST = 2_000_000_000;

/** A task's timers and how long they last. */
const timesOf = ({ timeout, timeoutSeconds, heartbeat, heartbeatSeconds }: Task): [timer: number, ms: number][] => {
  const times: [number | undefined, number | undefined][] = [
    [timeout, timeoutSeconds],
    [heartbeat, heartbeatSeconds],
  ];
  return times.flatMap(([timer, seconds]) => (timer === undefined || seconds === undefined ? [] : [[timer, seconds * 1000]]));
};

/** Runs one execution in a host, one step at a time, in the order its inputs came. */
export const drive = (execution: Execution, host: Host): Drive => {
  const queue: Input[] = [];
  const alarms = new Map<number, () => void>();
  let running: Promise<void> | undefined;

  const arm = (timer: number, at: number): void => {
    const ms = Math.max(0, at - host.now());
    alarms.set(timer, ms > LONGEST ? host.after(LONGEST, () => arm(timer, at)) : host.after(ms, () => ring(timer)));
  };
  const ring = (timer: number): void => {
    alarms.delete(timer);
    send({ kind: 'timer', timer });
  };
  const apply = (effects: readonly Effect[]): void => {
    for (const effect of effects) {
      if (effect.kind === 'schedule') host.perform(effect.order);
      else if (effect.kind === 'timer') arm(effect.timer, effect.at);
      else if (effect.kind === 'cancel') host.cancelled?.(effect.task);
      else if (effect.kind === 'cancel-timer') {
        alarms.get(effect.timer)?.();
        alarms.delete(effect.timer);
      }
    }
  };
  const work = async (): Promise<void> => {
    for (let input = queue.shift(); input; input = queue.shift()) {
      const from = execution.history.length;
      const effects = await step(execution, input);
      host.stepped?.(from);
      apply(effects);
    }
    running = undefined;
  };
  const send = (untimed: Untimed<Input>): void => {
    const input: Input = { ...untimed, at: host.now() };
    host.accepted?.(input);
    queue.push(input);
    running ??= work();
  };

  return {
    execution,
    send,
    idle: async () => {
      while (running) await running;
    },
    begin: apply,
    resume: () => {
      const orders = [...execution.tasks.values()].flatMap(({ task }) => (task && !task.submitted ? [task] : []));
      const anew = new Map(orders.filter(({ order }) => order.token === undefined).flatMap(timesOf));
      for (const [timer, { at }] of execution.timers) arm(timer, Math.max(at, host.now() + (anew.get(timer) ?? 0)));
      for (const { order } of orders) host.perform(order);
    },
  };
};
