import * as z from 'zod';
import { DeadLetter, LetterClosed } from '../../shared/contracts/dead-letter.ts';
import type { Rest } from '../client/rest.ts';

/** Which letters are meant; `about` is a part of the reason they were refused for. Times are RFC 3339. */
export interface Which {
  readonly state?: string | undefined;
  readonly source?: string | undefined;
  readonly about?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What became of one letter: closed, or why not. */
export type Outcome =
  | { readonly busId: string; readonly sentAs?: string | undefined }
  | { readonly busId: string; readonly trouble: string };

const Page = z.object({ items: z.array(DeadLetter), next: z.string().optional() });
const PAGE = '200';

const pathOf = (busId: string, verb = ''): string => `/events/dead-letters/${encodeURIComponent(busId)}${verb}`;

const queryOf = ({ about, ...which }: Which, cursor: string | undefined): string => {
  const asked = { ...which, reason: about, cursor, limit: PAGE };
  const given = Object.entries(asked).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return new URLSearchParams(given).toString();
};

/** The letters that are meant, newest first, all pages of them. */
export const lettersOf = async (rest: Rest, which: Which): Promise<DeadLetter[]> => {
  const letters: DeadLetter[] = [];
  let cursor: string | undefined;
  do {
    const page = Page.parse(await rest.get(`/events/dead-letters?${queryOf(which, cursor)}`));
    letters.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return letters;
};

/** One letter as REST shows it, with what came of it. */
export const letterOf = (rest: Rest, busId: string): Promise<Record<string, unknown>> => rest.get(pathOf(busId));

const closed = async (rest: Rest, busId: string, verb: 'redrive' | 'discard', body: object): Promise<Outcome> => {
  try {
    return { busId, sentAs: LetterClosed.parse(await rest.post(pathOf(busId, `/${verb}`), body)).end.sentAs };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'RestError') throw error;
    return { busId, trouble: error.message };
  }
};

/** Sends letters again, one after the other. One that cannot be sent holds up none of the others. */
export const redriven = async (rest: Rest, busIds: readonly string[], reason: string, body?: unknown): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const busId of busIds) outcomes.push(await closed(rest, busId, 'redrive', body === undefined ? { reason } : { reason, body }));
  return outcomes;
};

export const discarded = async (rest: Rest, busIds: readonly string[], reason: string): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const busId of busIds) outcomes.push(await closed(rest, busId, 'discard', { reason }));
  return outcomes;
};
