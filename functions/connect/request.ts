import * as z from 'zod';

/** What a client may say on a channel. */
const ClientWord = z.discriminatedUnion('action', [
  z.object({ action: z.literal('ping') }),
  z.object({ action: z.literal('resume'), from: z.int().min(1) }),
]);
type ClientWord = z.infer<typeof ClientWord>;

const ACCEPTED = ['{"action":"ping"}', '{"action":"resume","from":N}, N a sequence number from 1'] as const;

export type Read = { ok: true; word: ClientWord } | { ok: false; error: string; accepted: readonly string[] };

/** Reads one message; what is not understood is answered with what would be. */
export const read = (body: string | null | undefined): Read => {
  let value: unknown;
  try {
    value = JSON.parse(body ?? '');
  } catch {
    return { ok: false, error: 'This is not JSON', accepted: ACCEPTED };
  }
  const word = ClientWord.safeParse(value);
  if (word.success) return { ok: true, word: word.data };
  const [issue] = word.error.issues;
  return { ok: false, error: `${issue?.path.join('.') || 'message'}: ${issue?.message ?? 'not understood'}`, accepted: ACCEPTED };
};
