import type { Message } from '../contracts/channel.ts';
import { endpoints } from '../contracts/endpoints.ts';
import type { Filter } from '../contracts/filter.ts';
import type { Channel, Role } from '../contracts/vocabulary.ts';
import { canonical } from '../lambda/ids.ts';
import { fits } from './sift.ts';

type Told = Omit<Message, 'seq'>;

/** Who listens, as far as it decides what they are told. `expiresAt` is when their token ends, ms since the epoch. */
export interface Listener {
  readonly channel: Channel;
  readonly roles: readonly Role[];
  readonly agency: string;
  readonly expiresAt: number;
  readonly filter?: Filter | undefined;
}

/** What a listener is told of a channel. Whoever has the same `key` is told the same, in the same bytes. */
export interface View {
  readonly key: string;
  /** The message as this listener may see it; undefined where they may not, or do not want to. */
  readonly see: <T extends Told>(message: T) => T | undefined;
}

/** Whoever may ask for a ticket may follow the channels; said once, in the contract of `POST /tickets`. */
export const mayFollow = (roles: readonly Role[]): boolean => {
  const allowed: readonly Role[] = endpoints.find(({ operation }) => operation === 'createTicket')?.roles ?? [];
  return roles.some((role) => allowed.includes(role));
};

/**
 * The one place where it is decided what a listener is told, asked at every push and every answer: undefined where the token has
 * ended or no role of theirs may follow. The filter looks at what may be seen, so it finds out nothing else.
 */
export const viewOf = ({ roles, expiresAt, filter }: Listener, now: number): View | undefined => {
  if (expiresAt <= now || !mayFollow(roles)) return undefined;
  if (!filter) return { key: '', see: (message) => message };
  return { key: canonical(filter), see: (message) => (fits(message, filter) ? message : undefined) };
};
