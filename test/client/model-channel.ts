import type { Dial, Ear } from '../../client/dial.ts';
import type { Scheduler } from '../../local/kernel/scheduler.ts';
import type { Frame, Message } from '../../shared/contracts/channel.ts';
import type { ClientWord, ServerWord } from '../../shared/contracts/words.ts';

export const message = (seq: number, more: Partial<Message> = {}): Message => ({
  seq,
  topic: 'workflow-progress',
  kind: 'step.started',
  at: '2026-11-22T17:00:00.000Z',
  about: {},
  data: {},
  ...more,
});
export const frame = (from: number, to: number): Frame => ({
  channel: 'events',
  from,
  to,
  messages: Array.from({ length: to - from + 1 }, (_, n) => message(from + n)),
});

const PAGE = 5;

interface Trouble {
  /** How likely a push is lost, comes twice, and a connection drops with it. */
  readonly lost: number;
  readonly twice: number;
  readonly dropped: number;
  /** Pushes and answers take up to so many ms, each its own time. */
  readonly delayMs: number;
}

/** A channel on a virtual clock, which loses, doubles and reorders what it pushes, and keeps frames from `oldest` on. */
export const modelChannel = (scheduler: Scheduler, trouble: Trouble) => {
  const frames: Frame[] = [];
  const open = new Map<object, Ear>();
  let [next, oldest, calm] = [1, 1, false];
  const chance = (likely: number): boolean => !calm && scheduler.random() < likely;
  const later = (run: () => void): void => void scheduler.after(Math.floor(scheduler.random() * trouble.delayMs), run);

  const drop = (wire: object): void => {
    const ear = open.get(wire);
    open.delete(wire);
    ear?.closed('dropped');
  };
  const push = (wire: object, word: Frame | ServerWord): void => open.get(wire)?.text(JSON.stringify(word));

  const answersTo = (asked: ClientWord): (Frame | ServerWord)[] => {
    const channel = 'events';
    if (asked.action === 'ping') return [{ channel, pong: true, at: '2026-11-22T17:00:00.000Z', next }];
    if (asked.action === 'subscribe') return [{ channel, subscribed: asked.filter, next }];
    if (asked.action === 'snapshot' || asked.from < oldest || asked.from > next)
      return [
        { channel, gap: true, from: oldest, detail: 'gone' },
        { channel, snapshot: [], part: 1, of: 1, whole: true, next },
        { channel, resumed: true, next },
      ];
    const missed = frames.filter(({ to }) => to >= asked.from);
    const rest = missed[PAGE];
    return [...missed.slice(0, PAGE), rest ? { channel, more: true, from: rest.from } : { channel, resumed: true, next }];
  };
  const answer = (wire: object, text: string): void => {
    for (const word of answersTo(JSON.parse(text) as ClientWord)) push(wire, word);
  };

  const dial: Dial = async (ear) => {
    if (chance(trouble.dropped)) throw new Error('refused');
    const wire = {
      send: (text: string) => later(() => answer(wire, text)),
      close: () => drop(wire),
    };
    open.set(wire, ear);
    return wire;
  };

  return {
    dial,
    next: () => next,
    connections: () => open.size,
    /** Says so many messages more to whoever listens. */
    say: (many: number): void => {
      const told = frame(next, next + many - 1);
      next += many;
      frames.push(told);
      for (const wire of [...open.keys()]) {
        for (let times = chance(trouble.twice) ? 2 : 1; times > 0; times -= 1) if (!chance(trouble.lost)) later(() => push(wire, told));
        if (chance(trouble.dropped)) drop(wire);
      }
    },
    dropAll: (): void => {
      for (const wire of [...open.keys()]) drop(wire);
    },
    /** Nothing goes wrong any more. */
    calm: (): void => {
      calm = true;
    },
    /** What is before this is no longer kept. */
    forget: (before: number): void => {
      oldest = before;
      frames.splice(
        0,
        frames.findIndex(({ from }) => from >= before),
      );
    },
  };
};
