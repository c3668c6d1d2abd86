import type { Channel } from '../../shared/contracts/vocabulary.ts';
import { type ClientWord, clientWords } from '../../shared/contracts/words.ts';

const ACCEPTED = [
  '{"action":"ping"}',
  '{"action":"resume","from":N}, N a sequence number from 1',
  '{"action":"snapshot"}',
  '{"action":"subscribe","filter":{…}}, without a filter everything',
] as const;

export type Read = { ok: true; word: ClientWord } | { ok: false; error: string; accepted: string[] };

/** Reads one message; what is not understood is answered with what would be. */
export const read = (channel: Channel, body: string | null | undefined): Read => {
  const refused = (error: string): Read => ({ ok: false, error, accepted: [...ACCEPTED] });
  let value: unknown;
  try {
    value = JSON.parse(body ?? '');
  } catch {
    return refused('This is not JSON');
  }
  const word = clientWords(channel).safeParse(value);
  if (word.success) return { ok: true, word: word.data };
  const [issue] = word.error.issues;
  return refused(`${issue?.path.join('.') || 'message'}: ${issue?.message ?? 'not understood'}`);
};
