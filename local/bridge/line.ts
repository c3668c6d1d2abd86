import { WebSocket } from 'ws';
import type { Scheduler } from '../kernel/scheduler.ts';
import { backoff } from './backoff.ts';

/** One subsystem's channel, connected again for as long as it is wanted. */
export interface Line {
  start(): void;
  /** Stops and starts reading: the subsystem's own send buffer fills meanwhile, and it feels that. */
  pause(): void;
  resume(): void;
  isUp(): boolean;
  /** Resolves when the socket is closed. */
  stop(): Promise<void>;
}

interface Options {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is when the connection stands, for channels that want to be asked. */
  readonly subscribe?: string | undefined;
  readonly scheduler: Scheduler;
  readonly onText: (text: string) => void;
  readonly onUp: () => void;
  readonly onDown: (why: string, againMs: number) => void;
}

const CONNECT_MS = 10_000;
const CLOSE_MS = 2000;
const PING_MS = 30_000;
/** A connection that stood this long was a good one: the next trouble counts from 1 again. */
const STEADY_MS = 10_000;
const LARGEST_BYTES = 1024 * 1024;

export const createLine = ({ url, headers = {}, subscribe, scheduler, onText, onUp, onDown }: Options): Line => {
  let socket: WebSocket | undefined;
  let wanted = false;
  let paused = false;
  let attempt = 0;
  let upAt = Number.POSITIVE_INFINITY;
  let calledOff = (): void => {};

  const up = () => socket?.readyState === WebSocket.OPEN;

  /** A peer that is gone without a word answers no ping. One that we do not read cannot answer either. */
  const watch = (one: WebSocket): void => {
    let answered = true;
    one.on('pong', () => {
      answered = true;
    });
    const look = (): void => {
      if (one !== socket || one.readyState !== WebSocket.OPEN) return;
      if (!answered && !paused) {
        one.terminate();
        return;
      }
      answered = paused;
      one.ping();
      scheduler.after(PING_MS, look);
    };
    scheduler.after(PING_MS, look);
  };

  const lost = (why: string): void => {
    socket = undefined;
    if (!wanted) return;
    attempt = scheduler.now() - upAt >= STEADY_MS ? 1 : attempt + 1;
    upAt = Number.POSITIVE_INFINITY;
    const againMs = backoff(attempt, scheduler.random);
    calledOff = scheduler.after(againMs, connect);
    onDown(why, againMs);
  };

  const connect = (): void => {
    const one = new WebSocket(url, { headers, maxPayload: LARGEST_BYTES });
    socket = one;
    let trouble = '';
    const late = scheduler.after(CONNECT_MS, () => {
      trouble ||= `no connection within ${CONNECT_MS / 1000} s`;
      one.terminate();
    });
    one.on('open', () => {
      late();
      upAt = scheduler.now();
      if (paused) one.pause();
      if (subscribe !== undefined) one.send(subscribe);
      watch(one);
      onUp();
    });
    one.on('message', (data) => onText(String(data)));
    one.on('error', (error) => {
      trouble ||= error.message;
    });
    one.on('close', (code) => {
      late();
      lost(trouble || `closed with code ${code}`);
    });
  };

  return {
    start: () => {
      wanted = true;
      connect();
    },
    pause: () => {
      paused = true;
      if (up()) socket?.pause();
    },
    resume: () => {
      paused = false;
      if (up()) socket?.resume();
    },
    isUp: up,
    stop: async () => {
      wanted = false;
      calledOff();
      const one = socket;
      if (!one || one.readyState === WebSocket.CLOSED) return;
      await new Promise<void>((resolve) => {
        // A peer that never answers the closing must not hold up the flush.
        const late = scheduler.after(CLOSE_MS, () => one.terminate());
        one.on('close', () => {
          late();
          resolve();
        });
        // What it had sent already is still read.
        if (one.readyState === WebSocket.OPEN) one.resume();
        one.close(1000);
      });
    },
  };
};
