import type { Ground } from '../../kernel/engine.ts';
import type { Archived } from './archive-store.ts';

/** A replay of an archive, as `DescribeReplay` tells of it. Times in milliseconds since the epoch. */
export interface Replay {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly archiveArn: string;
  readonly busArn: string;
  readonly filterArns: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly state: 'STARTING' | 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  /** The start of the last minute that was replayed whole. */
  readonly replayedTo: number | undefined;
}

export interface ReplayDeps {
  /** What lies in an archive between two times, or undefined where it is gone. */
  readonly read: (archiveArn: string, from: number, to: number) => readonly Archived[] | undefined;
  readonly publish: (replay: Replay, text: string) => void;
}

/** AWS keeps a replay's description for ninety days. */
const KEPT_MS = 90 * 86_400_000;
const MINUTE_MS = 60_000;
const EVENTS_A_TURN = 100;

/** Runs replays minute by minute of the events' own time; within a minute the order is by chance, as AWS promises none. */
export interface Replays {
  put(replay: Replay): void;
  apply(replay: Replay): void;
  get(name: string): Replay | undefined;
  all(): Replay[];
  start(name: string): void;
  resume(): void;
}

const running = ({ state }: Replay): boolean => state === 'STARTING' || state === 'RUNNING';

const minuteOf = (time: number): number => time - (((time % MINUTE_MS) + MINUTE_MS) % MINUTE_MS);

/** Fisher and Yates. */
export const shuffled = <T>(items: readonly T[], random: () => number): T[] => {
  const all = [...items];
  for (let last = all.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [all[last], all[other]] = [all[other] as T, all[last] as T];
  }
  return all;
};

export const createReplays = ({ scheduler, log }: Ground, { read, publish }: ReplayDeps): Replays => {
  const replays = new Map<string, Replay>();

  const forget = (): void => {
    for (const { name, endedAt } of replays.values())
      if (endedAt !== undefined && endedAt + KEPT_MS < scheduler.now()) replays.delete(name);
  };
  const apply = (replay: Replay): void => void replays.set(replay.name, replay);
  const put = (replay: Replay): void => {
    apply(replay);
    log.write('events', { op: 'replay', replay });
  };
  const end = (replay: Replay, state: Replay['state']): void => put({ ...replay, state, endedAt: scheduler.now() });

  /** Puts a minute's events a turn's worth at a time, then goes on to the next minute. */
  const minute = (name: string, at: number, events: readonly Archived[], rest: readonly Archived[]): void => {
    const replay = replays.get(name);
    if (!replay || !running(replay)) return;
    for (const { text } of events.slice(0, EVENTS_A_TURN)) publish(replay, text);
    if (events.length > EVENTS_A_TURN) scheduler.after(0, () => minute(name, at, events.slice(EVENTS_A_TURN), rest));
    else {
      put({ ...replay, state: 'RUNNING', replayedTo: at });
      scheduler.after(0, () => next(name, rest));
    }
  };
  const next = (name: string, left: readonly Archived[]): void => {
    const replay = replays.get(name);
    if (!replay || !running(replay)) return;
    const [first] = left;
    if (!first) {
      end(replay, 'COMPLETED');
      return;
    }
    const at = minuteOf(first.time);
    const until = left.findIndex(({ time }) => time >= at + MINUTE_MS);
    const count = until < 0 ? left.length : until;
    minute(name, at, shuffled(left.slice(0, count), scheduler.random), left.slice(count));
  };
  const run = (name: string): void => {
    const replay = replays.get(name);
    if (!replay || !running(replay)) return;
    const from = replay.replayedTo === undefined ? replay.from : Math.max(replay.from, replay.replayedTo + MINUTE_MS);
    const events = read(replay.archiveArn, from, replay.to);
    if (events)
      next(
        name,
        [...events].sort((a, b) => a.time - b.time),
      );
    else end(replay, 'FAILED');
  };
  const start = (name: string): void => void scheduler.after(0, () => run(name));

  return {
    put,
    apply,
    get: (name) => {
      forget();
      return replays.get(name);
    },
    all: () => {
      forget();
      return [...replays.values()];
    },
    start,
    resume: () => {
      for (const replay of replays.values()) if (running(replay)) start(replay.name);
    },
  };
};
