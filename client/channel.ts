import type { Message } from '../shared/contracts/channel.ts';
import type { Filter } from '../shared/contracts/filter.ts';
import type { Channel } from '../shared/contracts/vocabulary.ts';
import { dialWebSocket } from './dial.ts';
import { type FollowOptions, openFollower } from './follower.ts';
import type { Token } from './http.ts';
import { realTimers } from './timers.ts';

export interface Subscription {
  close(): void;
}

interface Follow extends Pick<FollowOptions, 'onSnapshot' | 'onTrouble'> {
  readonly gateway: string;
  readonly channel: Channel;
  /** A token for each connection: one lasts no longer than its token. */
  readonly token: Token;
  readonly from?: number;
  readonly filter?: Filter;
  readonly onMessage: (message: Message) => void;
}

/**
 * Follows one channel of a SWOE at `gateway`, each message once and in order, over lost connections, until `close`. Resolves when the
 * first connection stands; rejects, saying why, when it is refused.
 */
export const follow = async ({ gateway, channel, token, ...options }: Follow): Promise<Subscription> => {
  const timers = realTimers();
  try {
    const follower = await openFollower({ ...options, dial: dialWebSocket({ gateway, channel, token }), timers });
    return {
      close: () => {
        follower.close();
        timers.stop();
      },
    };
  } catch (error) {
    timers.stop();
    throw error;
  }
};
