import { WebSocket } from 'ws';
import type { Scheduler } from '../kernel/scheduler.ts';

const PING_MS = 30_000;

/** Ends a connection whose peer is gone without a word: it answers no ping. One that we do not read (`isPaused`) cannot answer either, and is left alone. */
export const watch = (socket: WebSocket, scheduler: Scheduler, isPaused: () => boolean): void => {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  const look = (): void => {
    if (socket.readyState !== WebSocket.OPEN) return;
    if (!answered && !isPaused()) {
      socket.terminate();
      return;
    }
    answered = isPaused();
    socket.ping();
    scheduler.after(PING_MS, look);
  };
  scheduler.after(PING_MS, look);
};

/** Closes politely, reading what the peer had sent already; one that does not answer the closing is ended after `mostMs`. Resolves when it is closed. */
export const closed = (socket: WebSocket, scheduler: Scheduler, mostMs: number): Promise<void> =>
  new Promise((resolve) => {
    if (socket.readyState === WebSocket.CLOSED) return resolve();
    const late = scheduler.after(mostMs, () => socket.terminate());
    socket.on('close', () => {
      late();
      resolve();
    });
    if (socket.readyState === WebSocket.OPEN) socket.resume();
    socket.close(1000);
  });
