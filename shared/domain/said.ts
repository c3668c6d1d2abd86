import type * as z from 'zod';

/** What a state may hand on (bytes of JSON): Parallel adds the outputs of its branches up to 256 KB. */
const MOST_BYTES = 1024;

/** What a step hands to the state machine: its id, and the declared scalar fields of its reply that were given. */
export interface StepOutput {
  actionId: string;
  said: Record<string, string | number | boolean>;
}

type Reply = z.ZodObject;

const isScalar = (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value);

/** `reply` is the action's, from the vocabulary. A result that does not fit says nothing. */
export const stepOutput = (reply: Reply, actionId: string, result: unknown = {}): StepOutput => {
  const parsed = reply.safeParse(result);
  const given: Record<string, unknown> = parsed.success ? parsed.data : {};
  const fields = Object.keys(reply.shape).flatMap((field) => {
    const value = given[field];
    return isScalar(value) ? [[field, value] as const] : [];
  });
  return { actionId, said: Object.fromEntries(fields) };
};

/** Why a result is not what the action's reply must be, with the place, or undefined. */
export const replyRefusal = (reply: Reply, actionId: string, result: unknown): string | undefined => {
  const parsed = reply.safeParse(result);
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${['result', ...path].join('.')}: ${message}`).join('; ');
  const bytes = Buffer.byteLength(JSON.stringify(stepOutput(reply, actionId, result)));
  return bytes > MOST_BYTES ? `result: what conditions may read of it has at most ${MOST_BYTES} bytes, this has ${bytes}` : undefined;
};
