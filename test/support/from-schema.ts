import fc from 'fast-check';
import type { Json } from '../../shared/contracts/openapi/json.ts';

type Make = (schema: Json) => fc.Arbitrary<unknown>;

const MOST_CHARACTERS = 80;
const times = fc
  .date({ min: new Date('2026-11-01T00:00:00Z'), max: new Date('2026-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const texts = ({ format, pattern, minLength = 0, maxLength = MOST_CHARACTERS }: Json): fc.Arbitrary<unknown> => {
  if (format === 'date-time') return times;
  const fits = (text: string): boolean => text.length >= Number(minLength) && text.length <= Number(maxLength);
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern), { size: 'small' }).filter(fits);
  return fc.string({ minLength: Number(minLength), maxLength: Math.min(Number(maxLength), MOST_CHARACTERS) });
};

const numbers = ({ type, minimum, maximum, exclusiveMinimum }: Json): fc.Arbitrary<unknown> => {
  const min = Number(minimum ?? exclusiveMinimum ?? -1e6);
  const max = Number(maximum ?? 1e6);
  if (type === 'integer') return fc.integer({ min: Math.ceil(min), max: Math.floor(max) });
  return fc.double({ min, max, noNaN: true, minExcluded: exclusiveMinimum !== undefined });
};

const lists = ({ items, minItems = 0, maxItems = 4 }: Json, make: Make): fc.Arbitrary<unknown> =>
  fc.array(make((items ?? {}) as Json), { minLength: Number(minItems), maxLength: Math.min(Number(maxItems), 4) });

/** Declared members, those that are required always; and, where others are allowed, up to two of them. */
const objects = ({ properties = {}, required = [], additionalProperties }: Json, make: Make): fc.Arbitrary<unknown> => {
  const members = Object.fromEntries(Object.entries(properties as Record<string, Json>).map(([name, schema]) => [name, make(schema)]));
  const declared = fc.record(members, { requiredKeys: required as string[] });
  if (typeof additionalProperties !== 'object') return declared;
  const more = fc.dictionary(fc.stringMatching(/^[a-z]{1,12}$/), make(additionalProperties as Json), { maxKeys: 2 });
  return fc.tuple(more, declared).map(([others, own]) => ({ ...others, ...own }));
};

const byType = (schema: Json, make: Make): fc.Arbitrary<unknown> => {
  if (schema['type'] === 'string') return texts(schema);
  if (schema['type'] === 'integer' || schema['type'] === 'number') return numbers(schema);
  if (schema['type'] === 'boolean') return fc.boolean();
  if (schema['type'] === 'array') return lists(schema, make);
  return schema['type'] === 'object' ? objects(schema, make) : fc.jsonValue({ maxDepth: 2 });
};

/** Values that fit a JSON Schema, as far as contracts of ours use it. `find` leads from a reference to its schema. */
export const fromSchema = (find: (ref: string) => Json): Make => {
  const make: Make = (schema) => {
    if (typeof schema['$ref'] === 'string') return make(find(schema['$ref']));
    if ('const' in schema) return fc.constant(schema['const']);
    if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
    const either = (schema['anyOf'] ?? schema['oneOf']) as Json[] | undefined;
    return either ? fc.oneof(...either.map(make)) : byType(schema, make);
  };
  return make;
};
