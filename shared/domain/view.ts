import type { Partner } from '../contracts/agency.ts';
import type { Message } from '../contracts/channel.ts';
import type { Filter } from '../contracts/filter.ts';
import type { Barred } from '../contracts/people.ts';
import type { Channel, Role } from '../contracts/vocabulary.ts';
import { canonical } from '../lambda/ids.ts';
import { type Access, mayFollow, seesPersons } from '../policy/access/index.ts';
import { type Bearer, isBarred } from './barred.ts';
import { forParticipant } from './joint/for-participant.ts';
import { type Scope, takingPart } from './joint/scope.ts';
import { masked } from './masked.ts';
import { forPartner } from './sharing/for-partner.ts';
import { partnerOf } from './sharing/partners.ts';
import { fits } from './sift.ts';

type Told = Omit<Message, 'seq'>;

/** Who listens, as far as it decides what they are told. `expiresAt` is when their token ends, ms since the epoch. */
export interface Listener extends Bearer {
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

/** What decides it besides: who may, who gets in no more, and what time it is (ms). */
export interface Rules {
  readonly access: Access;
  readonly out: readonly Barred[];
  /** Agencies that something is shared with: their people are told that, what a joint operation opens to them, and nothing else. */
  readonly partners: readonly Partner[];
  /** Joint operations in force, which open their incidents to the people of those that take part. */
  readonly joint: readonly Scope[];
  readonly now: number;
}

/**
 * The one place where it is decided what a listener is told, asked at every push and every answer: undefined where the token has
 * ended or counts no more, or they may not follow. The filter looks at what may be seen, so it finds out nothing else.
 */
export const viewOf = (listener: Listener, { access, out, partners, joint, now }: Rules): View | undefined => {
  const { channel, roles, expiresAt, filter, agency } = listener;
  const partner = partnerOf(partners, agency, now) !== undefined;
  const asker = { roles, agency, partner };
  if (expiresAt <= now || isBarred(out, listener) || !mayFollow(access, asker, channel, takingPart(joint))) return undefined;
  const named = seesPersons(access, asker);
  return {
    key: canonical({ named, filter, ...(partner ? { agency } : {}) }),
    see: (message) => {
      const theirs = partner ? (forPartner(agency, message) ?? forParticipant(asker, message, access, joint)) : message;
      const shown = theirs && (named ? theirs : masked(theirs));
      return shown && (!filter || fits(shown, filter)) ? shown : undefined;
    },
  };
};
