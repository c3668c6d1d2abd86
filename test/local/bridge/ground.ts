import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { BusEntry, Outcome, Send } from '../../../client/bus.ts';
import { type BridgeOptions, createBridge } from '../../../local/bridge/bridge.ts';
import { mapping } from '../../../local/bridge/map.ts';
import { createVirtualScheduler } from '../../../local/kernel/virtual-scheduler.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** Turns of the event loop until it holds: sockets are real, only the clock is not. */
export const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
};

export const server = async (options: { port?: number; autoPong?: boolean } = {}) => {
  const wss = new WebSocketServer({ host: '127.0.0.1', port: 0, ...options });
  await once(wss, 'listening');
  const sockets: WebSocket[] = [];
  wss.on('connection', (socket) => sockets.push(socket));
  const close = async (): Promise<void> => {
    for (const socket of wss.clients) socket.terminate();
    await new Promise((resolve) => wss.close(resolve));
  };
  open.push(close);
  const { port } = wss.address() as AddressInfo;
  return {
    wss,
    sockets,
    port,
    url: `ws://127.0.0.1:${port}`,
    close,
    /** Says it on the newest connection. */
    say: (...messages: unknown[]) => {
      for (const message of messages) sockets.at(-1)?.send(typeof message === 'string' ? message : JSON.stringify(message));
    },
  };
};

/** A bus that remembers each call; `answer` says what becomes of each entry, taken where it says nothing. */
export const bus = (answer: (entry: BusEntry, call: number) => string | undefined = () => undefined) => {
  const calls: BusEntry[][] = [];
  const taken: BusEntry[] = [];
  const send: Send = async (entries) => {
    calls.push([...entries]);
    return entries.map((entry): Outcome => {
      const code = answer(entry, calls.length);
      if (code === undefined) taken.push(entry);
      return code === undefined ? {} : { ErrorCode: code, ErrorMessage: 'planned' };
    });
  };
  const spoken = () => taken.filter(({ type }) => type !== 'subsystem.heartbeat');
  return { calls, taken, spoken, send, ids: () => spoken().map(({ detail }) => (detail as { id: string }).id) };
};

export const bridged = (url: string, send: Send, more: Partial<BridgeOptions> = {}) => {
  const scheduler = createVirtualScheduler();
  const lines: string[] = [];
  const bridge = createBridge({
    url,
    source: 'drone_ops',
    map: mapping(undefined),
    send,
    scheduler,
    onLine: (text) => lines.push(text),
    ...more,
  });
  open.push(async () => {
    const stopped = bridge.stop(0);
    await Promise.all([stopped, scheduler.run()]);
  });
  bridge.start();
  return { bridge, scheduler, lines, pass: (ms: number) => scheduler.run(scheduler.now() + ms) };
};

export const said = (id: string, data: object = {}, type = 'drone.fault-reported') => ({
  specversion: '1.0',
  id,
  source: 'dock-1',
  type,
  data,
});
