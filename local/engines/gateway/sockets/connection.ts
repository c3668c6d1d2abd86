/** The far end of a connection: a real WebSocket or one in memory. */
export interface Socket {
  send(text: string): void;
  close(code: number, reason: string): void;
  /** Bytes accepted by `send` that the far end has not taken yet. */
  buffered(): number;
}

export interface Connection {
  readonly id: string;
  readonly stage: string;
  readonly connectedAt: number;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly authorizer: Readonly<Record<string, unknown>>;
  lastActiveAt: number;
  socket: Socket | undefined;
  /** Calls off the watch over idle time and age. */
  unwatch: () => void;
}

/** API Gateway's limits. */
export const MAX_MESSAGE_BYTES = 128 * 1024;
export const MAX_FRAME_BYTES = 32 * 1024;
export const IDLE_MS = 10 * 60_000;
export const OLDEST_MS = 2 * 3_600_000;

/** Ours: a reader that lets more than this wait is posted nothing more for now, as a client over its rate in AWS. */
export const SLOW_BYTES = 1024 * 1024;

/** Ours: a reader that lets more than this wait is cut off, so that it cannot fill the machine's memory. */
export const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;
