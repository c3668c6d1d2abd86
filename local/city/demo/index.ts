import { openBus } from '../../../client/bus.ts';
import { follow } from '../../../client/channel.ts';
import { openRest } from '../../../client/http.ts';
import type { Rest } from '../../../client/rest.ts';
import type { Role } from '../../../shared/contracts/vocabulary.ts';
import { createRealScheduler } from '../../kernel/real-scheduler.ts';
import type { Scheduler } from '../../kernel/scheduler.ts';
import { pause } from '../../tools/pause.ts';
import { openTerminal, type Terminal } from '../../tools/terminal.ts';
import { type DemoResult, perform } from './perform.ts';

export type { DemoResult } from './perform.ts';

export interface DemoOptions {
  /** `http://127.0.0.1:4566` */
  readonly awsEndpoint: string;
  /** `http://127.0.0.1:8080`, under which /api/orchestration and /ws/orchestration stand. */
  readonly gateway: string;
  /** A bearer token of the local issuer for a role. */
  readonly token: (role: Role) => Promise<string>;
  readonly scheduler?: Scheduler;
  readonly terminal?: Terminal;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 60_000;

/** Plays gunfire-response in a running SWOE and tells it. A demo that failed says what did not happen and answers `ok: false`. */
export const playDemo = async (options: DemoOptions): Promise<DemoResult> => {
  const { awsEndpoint, gateway, token, timeoutMs = TIMEOUT_MS } = options;
  const own = createRealScheduler();
  const scheduler = options.scheduler ?? own;
  const clients = new Map<Role, Rest>();
  const restAs = (role: Role): Rest => {
    const rest = clients.get(role) ?? openRest(gateway, () => token(role));
    clients.set(role, rest);
    return rest;
  };
  const bus = openBus(awsEndpoint, { wait: pause(scheduler) });
  try {
    return await perform({
      bus,
      restAs,
      follow: (channel, onMessage, onTrouble) => follow({ gateway, channel, token: () => token('viewer'), onMessage, onTrouble }),
      scheduler,
      terminal: options.terminal ?? openTerminal(process.stdout),
      gateway,
      timeoutMs,
    });
  } finally {
    bus.close();
    own.stop();
  }
};
