import type { DeadLetter } from '../../shared/contracts/dead-letter.ts';
import type { View } from '../inspect/view.ts';
import type { DeadQueue, GivenUp } from './given-up.ts';
import type { Outcome } from './letters.ts';

/** What the command shows, as rows. */

export const inList = (letters: readonly DeadLetter[]): View => ({
  title: 'Events that could not be taken in',
  rows: letters.map(({ busId, at, source, state, path, reason }) => ({ busId, at, source, state, path, reason })),
  none: 'none that is meant',
});

const inWords = (outcome: Outcome): Record<string, string | undefined>[] => {
  if ('trouble' in outcome) return [];
  const { busId } = outcome;
  return ['waits' in outcome ? { busId, 'waits for a second person': outcome.waits } : { busId, 'sent as': outcome.sentAs }];
};

export const outcomes = (title: string, all: readonly Outcome[]): View => ({
  title,
  rows: all.flatMap(inWords),
  none: 'none',
});

export const queuesInWords = (queues: readonly DeadQueue[]): View => ({
  title: 'Messages that were given up',
  rows: queues.map(({ name, depth, from }) => ({ queue: name, messages: depth, from: from.join(', ') })),
  none: 'no queue of this stage',
});

export const messagesInWords = ({ name, depth }: DeadQueue, messages: readonly GivenUp[]): View => ({
  title: `${name}, ${messages.length} of ${depth}`,
  rows: messages.map((message) => ({ ...message })),
  none: 'empty',
});
