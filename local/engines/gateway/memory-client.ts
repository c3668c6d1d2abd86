import type { Pairs } from './headers.ts';
import type { Socket } from './sockets/connection.ts';
import type { Sockets } from './sockets/sockets.ts';

/** A WebSocket client in the same process: for tests, without a port. */
export interface MemoryClient {
  readonly connectionId: string;
  /** Everything received so far, as it came. */
  messages(): string[];
  send(text: string): Promise<void>;
  close(): Promise<void>;
  /** The code and reason with which the other side ended it, or undefined. */
  ended(): { code: number; reason: string } | undefined;
  /** Stops taking messages off the wire: what is sent from now on waits. */
  stall(): void;
}

/** A handshake that was refused, by its HTTP status. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly status: number) {
    super(`The connection was refused with ${status}`);
  }
}

/** Is told what comes as it comes; then `messages` keeps nothing. */
export interface Ear {
  text(text: string): void;
  closed(why: string): void;
}

export const connectInMemory = async (sockets: Sockets, stage: string, headers: Pairs, query: Pairs, ear?: Ear): Promise<MemoryClient> => {
  const admission = await sockets.admit({ stage, headers, query });
  if (!admission.ok) throw new Refused(admission.status);
  const { connection } = admission;
  const received: string[] = [];
  let end: { code: number; reason: string } | undefined;
  let stalled = false;
  let buffered = 0;
  const socket: Socket = {
    send: (text) => {
      if (stalled) buffered += Buffer.byteLength(text);
      else if (ear) ear.text(text);
      else received.push(text);
    },
    close: (code, reason) => {
      end = { code, reason };
      ear?.closed(reason);
    },
    buffered: () => buffered,
  };
  sockets.open(connection, socket);
  return {
    connectionId: connection.id,
    messages: () => [...received],
    send: (text) => sockets.received(connection, text),
    close: async () => {
      await sockets.closed(connection, 1000, '');
      ear?.closed('');
    },
    ended: () => end,
    stall: () => {
      stalled = true;
    },
  };
};
