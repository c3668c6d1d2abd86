import type { Rest } from '../../client/rest.ts';
import { type DeadLetter, LetterClosed } from '../../shared/contracts/dead-letter.ts';
import type { Envelope } from '../../shared/contracts/event.ts';

/** Which letters are meant; `about` is a part of the reason they were refused for. Times are RFC 3339. */
export interface Which {
  readonly state?: DeadLetter['state'] | undefined;
  readonly source?: string | undefined;
  readonly about?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What became of one letter: closed, asked for and waiting for a second person, or why not. */
export type Outcome =
  | { readonly busId: string; readonly waits: string }
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

/** What came of one letter, or why it came to nothing; that holds up none of the others. */
const outcomeOf = async (
  busId: string,
  came: Promise<{ waits: string } | { sentAs?: string | undefined } | { trouble: string }>,
): Promise<Outcome> => {
  try {
    return { busId, ...(await came) };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'RestError') throw error;
    return { busId, trouble: error.message };
  }
};

/** One after the other. */
const each = async <T>(all: readonly T[], act: (one: T) => Promise<Outcome>): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const one of all) outcomes.push(await act(one));
  return outcomes;
};

const redrive = async (rest: Rest, id: string, reason: string, body: Envelope | undefined) => ({
  waits: (await rest.ask('redriveDeadLetter', { params: { id }, body: { reason, body } })).ask.id,
});

/** Asks for letters to be sent again: a second person confirms it. */
export const redriven = (rest: Rest, busIds: readonly string[], reason: string, mended?: unknown): Promise<Outcome[]> =>
  // A file may hold anything: the API says what of it does not fit.
  each(busIds, (busId) => outcomeOf(busId, redrive(rest, busId, reason, mended as Envelope | undefined)));

const discard = async (rest: Rest, id: string, reason: string) => ({
  sentAs: (await rest.ask('discardDeadLetter', { params: { id }, body: { reason } })).end.sentAs,
});

export const discarded = (rest: Rest, busIds: readonly string[], reason: string): Promise<Outcome[]> =>
  each(busIds, (busId) => outcomeOf(busId, discard(rest, busId, reason)));

const confirm = async (rest: Rest, id: string, reason: string) => {
  const { outcome } = (await rest.ask('answerAsk', { params: { id }, body: { answer: 'yes', reason } })).ask;
  const closed = LetterClosed.safeParse(outcome?.body);
  return closed.success ? { sentAs: closed.data.end.sentAs } : { trouble: `answered with ${outcome?.status}` };
};

/** Says yes, as the second person, to letters that somebody else asked to send again: to all, or to those that are named. */
export const agreedTo = async (rest: Rest, busIds: readonly string[], reason: string): Promise<Outcome[]> => {
  const { items } = await rest.ask('listAsks');
  const letters = items.flatMap(({ id, operation, params }) =>
    operation === 'redriveDeadLetter' ? [{ id, busId: params['id'] ?? '' }] : [],
  );
  const meant = letters.filter(({ busId }) => busIds.length === 0 || busIds.includes(busId));
  return each(meant, ({ id, busId }) => outcomeOf(busId, confirm(rest, id, reason)));
};
