import * as z from 'zod';

type Schema = Record<string, unknown>;

const TEXT = 'a reason as people give it';
/** What a pattern may be waiting for. */
const WORDS = ['gunshot.detected', 'abc', 'a1', '1', '2026-W48', 'f'.repeat(64)];

const text = ({ pattern, format, minLength = 0, maxLength = TEXT.length }: Schema): string => {
  if (format === 'date-time') return '2026-11-22T17:00:00Z';
  if (pattern !== undefined) return WORDS.find((word) => new RegExp(String(pattern)).test(word)) ?? TEXT;
  return TEXT.slice(0, Number(maxLength)).padEnd(Number(minLength), '-');
};

/** The smallest value that fits a JSON schema: required members only. */
const instance = (schema: Schema): unknown => {
  const { type, properties = {}, required = [], items, minItems = 0 } = schema;
  const alternatives = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  if (alternatives?.[0]) return instance(alternatives[0]);
  if (type === 'object')
    return Object.fromEntries((required as string[]).map((name) => [name, instance((properties as Record<string, Schema>)[name] ?? {})]));
  if (type === 'array') return Array.from({ length: Number(minItems) }, () => instance((items ?? {}) as Schema));
  if (type === 'string') return text(schema);
  if (type === 'boolean') return false;
  return type === 'number' || type === 'integer' ? Number(schema['minimum'] ?? 1) : {};
};

/** A body that API Gateway's own model of a contract lets pass; what a refinement asks for beyond it, the function says. */
export const sampleOf = (contract: z.ZodType): unknown =>
  instance(z.toJSONSchema(contract, { io: 'input', unrepresentable: 'any' }) as Schema);
