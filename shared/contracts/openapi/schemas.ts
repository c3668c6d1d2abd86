import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { type Json, refsIn, renamed } from './json.ts';

const AT = '#/components/schemas/';
const ref = (name: string): string => `${AT}${name}`;
const named = (of: string): string => of.slice(AT.length);

type Names = ReadonlyMap<z.ZodType, string>;
type ByName = Record<string, Json>;

/** Every shape that has a name, and those at which the document begins: what is asked, as it comes in, and what is told, as it goes out. */
export interface Shapes {
  readonly names: Names;
  readonly asked: readonly z.ZodType[];
  readonly told: readonly z.ZodType[];
}

/**
 * References to JSON Schemas, and all of them by name. A shape that is both asked and told, and comes in otherwise than it goes out (what has a
 * default may be left out), has two: `Location` and `LocationAsSent`.
 */
export interface Schemas {
  readonly asked: (shape: z.ZodType) => string;
  readonly told: (shape: z.ZodType) => string;
  readonly all: Readonly<ByName>;
}

/** What zod adds to be exact among JavaScript's numbers and dates says nothing to a reader that the format does not. */
const plain = (schema: Json): void => {
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
  if (schema['format'] === 'date-time') delete schema['pattern'];
  if (isDeepStrictEqual(schema['propertyNames'], { type: 'string' })) delete schema['propertyNames'];
};

const generate = (shapes: Names, io: 'input' | 'output'): ByName => {
  const registry = z.registry<{ id: string }>();
  for (const [shape, id] of shapes) registry.add(shape, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri: ref,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      plain(jsonSchema as Json);
      // Who reads an answer must bear with fields that are new to it.
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return Object.fromEntries(Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema as Json]));
};

/** Of all schemas, those with these names and what they speak of. */
const spokenOf = (start: readonly string[], all: ByName): ByName => {
  const found: ByName = {};
  const open = [...start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const schema = all[name];
    if (!schema || found[name]) continue;
    found[name] = schema;
    open.push(...refsIn(schema).map(named));
  }
  return found;
};

/** Names whose schema is another on the way in, and all that speak of one of those. */
const differing = (asked: ByName, told: ByName): Set<string> => {
  const both = Object.entries(asked).filter(([name]) => told[name]);
  const names = new Set(both.flatMap(([name, schema]) => (isDeepStrictEqual(schema, told[name]) ? [] : [name])));
  for (let before = -1; before < names.size; ) {
    before = names.size;
    for (const [name, schema] of both) if (refsIn(schema).some((of) => names.has(named(of)))) names.add(name);
  }
  return names;
};

/** Both kinds, in one list by name. */
export const schemasOf = ({ names, asked, told }: Shapes): Schemas => {
  const nameOf = (shape: z.ZodType): string => names.get(shape) ?? '';
  const incoming = spokenOf(asked.map(nameOf), generate(names, 'input'));
  const outgoing = spokenOf(told.map(nameOf), generate(names, 'output'));
  const other = differing(incoming, outgoing);
  const inward = (name: string): string => (other.has(name) ? `${name}AsSent` : name);
  const sent = Object.entries(incoming).map(([name, schema]): [string, Json] => [
    inward(name),
    renamed(schema, (of) => ref(inward(named(of)))) as Json,
  ]);
  const all = [...Object.entries(outgoing), ...sent].sort(([a], [b]) => (a < b ? -1 : 1));
  return { asked: (shape) => ref(inward(nameOf(shape))), told: (shape) => ref(nameOf(shape)), all: Object.fromEntries(all) };
};
