import { endpoints } from '../../contracts/endpoints.ts';
import type { Channel, Role } from '../../contracts/vocabulary.ts';
import type { Access, Asker } from './access.ts';

/** Whoever may ask for a ticket may follow the channels; said once, in the contract of `POST /tickets`. */
const followers: readonly Role[] = endpoints.find(({ operation }) => operation === 'createTicket')?.roles ?? [];

/** The channel on which partners hear what is shared with them. */
const SHARED: Channel = 'events';

/** Whether somebody may follow a live channel; `participants` are the agencies that take part in a joint operation in force. */
export const mayFollow = (access: Access, asker: Asker, channel: Channel, participants: readonly string[] = []): boolean =>
  access(asker, { action: 'follow', id: channel, roles: followers, shared: channel === SHARED, participants }).allowed;
