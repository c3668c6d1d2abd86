import type { Rest } from '../../client/rest.ts';
import type { DeadLetter, LetterClosed } from '../../shared/contracts/dead-letter.ts';
import type { Envelope } from '../../shared/contracts/event.ts';

/** Which letters are meant; `about` is a part of the reason they were refused for. Times are RFC 3339. */
export interface Which {
  readonly state?: DeadLetter['state'] | undefined;
  readonly source?: string | undefined;
  readonly about?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What became of one letter: closed, or why not. */
export type Outcome =
  | { readonly busId: string; readonly sentAs?: string | undefined }
  | { readonly busId: string; readonly trouble: string };

const PAGE = 200;

const queryOf = ({ about, ...which }: Which) => ({ ...which, reason: about, limit: PAGE });

/** The letters that are meant, newest first, all pages of them. */
export const lettersOf = async (rest: Rest, which: Which): Promise<DeadLetter[]> => {
  const letters: DeadLetter[] = [];
  let cursor: string | undefined;
  do {
    const page = await rest.ask('deadLetters', { query: { ...queryOf(which), cursor } });
    letters.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return letters;
};

/** One letter as REST shows it, with what came of it. */
export const letterOf = (rest: Rest, busId: string): Promise<Record<string, unknown>> => rest.ask('deadLetter', { params: { id: busId } });

const closed = async (busId: string, closing: Promise<LetterClosed>): Promise<Outcome> => {
  try {
    return { busId, sentAs: (await closing).end.sentAs };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'RestError') throw error;
    return { busId, trouble: error.message };
  }
};

/** Sends letters again, one after the other. One that cannot be sent holds up none of the others. */
export const redriven = async (rest: Rest, busIds: readonly string[], reason: string, mended?: unknown): Promise<Outcome[]> => {
  // A file may hold anything: the API says what of it does not fit.
  const body = mended as Envelope | undefined;
  const outcomes: Outcome[] = [];
  for (const busId of busIds)
    outcomes.push(await closed(busId, rest.ask('redriveDeadLetter', { params: { id: busId }, body: { reason, body } })));
  return outcomes;
};

export const discarded = async (rest: Rest, busIds: readonly string[], reason: string): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const busId of busIds)
    outcomes.push(await closed(busId, rest.ask('discardDeadLetter', { params: { id: busId }, body: { reason } })));
  return outcomes;
};
