import { WebSocket } from 'ws';
import type { Scheduler } from '../kernel/scheduler.ts';
import { backoff } from './backoff.ts';
import { closed, watch } from './ping.ts';

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
/** A connection that stood this long was a good one: the next trouble counts from 1 again. */
const STEADY_MS = 10_000;
const LARGEST_BYTES = 1024 * 1024;

/** One connection, from its handshake to its end; `onEnd` is told why it ended, once. */
const connection = (
  { url, headers = {}, scheduler, onText }: Options,
  onOpen: (socket: WebSocket) => void,
  onEnd: (why: string) => void,
) => {
  const socket = new WebSocket(url, { headers, maxPayload: LARGEST_BYTES });
  let trouble = '';
  const late = scheduler.after(CONNECT_MS, () => {
    trouble ||= `no connection within ${CONNECT_MS / 1000} s`;
    socket.terminate();
  });
  socket.on('open', () => {
    late();
    onOpen(socket);
  });
  socket.on('message', (data) => onText(String(data)));
  socket.on('error', (error) => {
    trouble ||= error.message;
  });
  socket.on('close', (code) => {
    late();
    onEnd(trouble || `closed with code ${code}`);
  });
  return socket;
};

export const createLine = (options: Options): Line => {
  const { subscribe, scheduler, onUp, onDown } = options;
  let socket: WebSocket | undefined;
  let wanted = false;
  let paused = false;
  let attempt = 0;
  let upAt = Number.POSITIVE_INFINITY;
  let calledOff = (): void => {};

  const up = () => socket?.readyState === WebSocket.OPEN;

  const opened = (one: WebSocket): void => {
    upAt = scheduler.now();
    if (paused) one.pause();
    if (subscribe !== undefined) one.send(subscribe);
    watch(one, scheduler, () => paused);
    onUp();
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
    socket = connection(options, opened, lost);
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
      if (socket) await closed(socket, scheduler, CLOSE_MS);
    },
  };
};
