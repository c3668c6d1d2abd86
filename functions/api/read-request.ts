import type * as z from 'zod';
import { MAX_EVENT_BYTES } from '../../shared/contracts/event.ts';
import { firstNumberNot, isKept, UNKEPT } from '../../shared/domain/kept-numbers.ts';
import { type FieldError, fieldErrors, invalid, invalidFields, type Reply, tooLarge } from './reply.ts';

/** DynamoDB nests 32 levels; an event is stored a few levels down. */
const MAX_DEPTH = 24;

/** `parsed` is what the contract made of it; `raw` is what was sent, for what is passed on as it came. */
export type Read = { ok: true; value: { parsed: unknown; raw: unknown } } | { ok: false; reply: Reply };

const refuse = (reply: Reply): { ok: false; reply: Reply } => ({ ok: false, reply });

const isDeeper = (value: unknown, levels: number): boolean =>
  value !== null && typeof value === 'object' && (levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1)));

/** What of a body no table could keep, and why. What is put on the bus as it came is kept as text, with any number that has an end. */
const unkept = (body: unknown, isVerbatim: boolean): FieldError | undefined => {
  const deep = Object.entries(body ?? {}).find(([, member]) => isDeeper(member, MAX_DEPTH - 1));
  if (deep) return { path: deep[0], message: `Nested deeper than ${MAX_DEPTH} levels` };
  const odd = firstNumberNot(isVerbatim ? Number.isFinite : isKept, body, '');
  if (odd === undefined) return undefined;
  return { path: odd || 'body', message: isVerbatim ? 'This number is too large; send it as a text' : UNKEPT };
};

export const readBody = (text: string, { body: schema, verbatim = false }: { body: z.ZodType; verbatim?: boolean }): Read => {
  if (Buffer.byteLength(text) > MAX_EVENT_BYTES) {
    return refuse(tooLarge(`A body has at most ${MAX_EVENT_BYTES / 1024} KB; send less, or send large data by reference`));
  }
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return refuse(invalid('Send a JSON object as the body', [{ path: 'body', message: text ? 'This is not JSON' : 'The body is empty' }]));
  }
  const odd = unkept(raw, verbatim);
  if (odd) return refuse(invalidFields([odd]));
  const result = schema.safeParse(raw);
  return result.success ? { ok: true, value: { parsed: result.data, raw } } : refuse(invalidFields(fieldErrors(result.error, 'body')));
};

export const readQuery = (raw: Record<string, string | undefined> | null | undefined, schema: z.ZodType): Read => {
  const result = schema.safeParse(raw ?? {});
  return result.success ? { ok: true, value: { parsed: result.data, raw } } : refuse(invalidFields(fieldErrors(result.error, 'query')));
};
