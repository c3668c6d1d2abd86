import type { NormalizedEvent } from '../../contracts/event.ts';
import type { Outgoing, SharingNote } from '../../contracts/sharing.ts';
import { nodeOf } from '../../lambda/ids.ts';
import type { Cut } from './cut.ts';

/** The id under which an event of ours is known outside: two cities may call two events the same. */
export const sharedId = (home: string, node: string): string => `${home}/${node}`;

/** What is said to one partner of an event. `by` is the key of the correction that it follows, `at` when that was said. */
export interface Word {
  readonly home: string;
  readonly node: string;
  readonly event: NormalizedEvent;
  readonly note: SharingNote;
  readonly by?: string;
  readonly at?: string;
}

const wordId = ({ home, node, by }: Word): string => (by === undefined ? sharedId(home, node) : `${sharedId(home, node)}.${nodeOf(by)}`);

const reference = ({ home, node, by }: Word, name: 'corrects' | 'retracts') =>
  by === undefined ? {} : { [name]: { id: sharedId(home, node) } };

const envelope = (word: Word, type: string, data: object): Outgoing => ({
  specversion: '1.0',
  id: wordId(word),
  source: word.home,
  type,
  time: word.at ?? word.event.occurredAt,
  data: { ...data, agency: word.home, sharing: word.note },
});

/** What leaves of an event for a partner, for the first time or as it has been corrected: a neighbour that runs SWOE reads both as they are. Pure. */
export const toldAs = (word: Word, { data }: Cut): Outgoing => envelope(word, word.event.type, { ...data, ...reference(word, 'corrects') });

/** That what was told counts no more: without a word of what is so instead. Pure. */
export const withdrawnAs = (word: Word): Outgoing => envelope(word, 'event.retracted', reference(word, 'retracts'));
