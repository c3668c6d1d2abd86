import { randomBytes } from 'node:crypto';
import { iso } from '../../../shared/lambda/ids.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import { type ConnectionsStore, TICKET_MS } from '../../../shared/stores/connections.ts';
import type { Perform } from '../operation.ts';
import { created } from '../reply.ts';

/** A secret, so it comes from the system's own source of chance and not from the one that ids are drawn from. */
const newTicket = (): string => randomBytes(32).toString('base64url');

export const createTicket =
  ({ connections, clock }: { connections: ConnectionsStore; clock: Clock }): Perform<'createTicket'> =>
  async ({ caller, body: { channel } }) => {
    const ticket = newTicket();
    const now = clock.now();
    await connections.issue(ticket, channel, caller, now);
    return created({ ticket, expiresAt: iso(now + TICKET_MS), path: `/ws/orchestration/${channel}?ticket=${ticket}` });
  };
