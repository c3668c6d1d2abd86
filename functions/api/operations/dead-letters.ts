import type { DeadLetter } from '../../../shared/contracts/dead-letter.ts';
import { partId, placeOfPart } from '../../../shared/domain/part.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { DeadLettersStore } from '../../../shared/stores/dead-letters.ts';
import type { Ask, Perform } from '../operation.ts';
import { byDay, filtered } from '../pages.ts';
import { notFound, ok, type Reply } from '../reply.ts';
import { spanOf } from '../span.ts';

interface Deps {
  deadLetters: DeadLettersStore;
  clock: Clock;
}

type Query = Ask<'deadLetters'>['query'];

const fits =
  ({ source, reason, state }: Query) =>
  (letter: DeadLetter): boolean =>
    (!source || letter.source === source) &&
    (!state || letter.state === state) &&
    (!reason || letter.reason.toLowerCase().includes(reason.toLowerCase()));

export const deadLetters =
  ({ deadLetters: store, clock }: Deps): Perform<'deadLetters'> =>
  async ({ query }) => {
    const asked = spanOf(query, clock.now());
    if (!asked.ok) return asked.reply;
    const { newest, back, holds } = asked.span;
    const wanted = fits(query);
    const keep = (letter: DeadLetter): boolean => holds(letter.at) && wanted(letter);
    const list = await byDay(query, newest, (day, page) => filtered((part) => store.ofDay(day, part), keep)(page), back);
    return list.ok ? ok(list.page) : list.reply;
  };

export const noLetter = (id: string): Reply => notFound(`There is no dead letter ${id.slice(0, 100)}; GET /events/dead-letters lists them`);

/** What came of a letter that was sent again: refused once more, alone or at the same place of the message that went. */
const letterAfter = async (store: DeadLettersStore, { busId, end }: DeadLetter): Promise<DeadLetter | undefined> => {
  const sentAs = end?.sentAs;
  if (sentAs === undefined) return undefined;
  const place = placeOfPart(busId);
  return (await store.get(sentAs)) ?? (place === undefined ? undefined : store.get(partId(sentAs, place)));
};

/** One letter. Where it was sent again and refused again, the letter that came of it is named. */
export const deadLetter =
  ({ deadLetters: store }: Deps): Perform<'deadLetter'> =>
  async ({ params: { id = '' } }) => {
    const letter = await store.get(id);
    if (!letter) return noLetter(id);
    const again = await letterAfter(store, letter);
    return ok({ ...letter, refusedAgain: again && { busId: again.busId, reason: again.reason, state: again.state } });
  };
