import fc from 'fast-check';
import type { Json } from '../../../shared/contracts/openapi/json.ts';
import { Role } from '../../../shared/contracts/vocabulary.ts';
import { document } from '../../support/contract.ts';
import { fromSchema } from '../../support/from-schema.ts';
import { mutated } from '../../support/mutate.ts';
import type { Request } from './ask.ts';

export interface Described {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly roles: readonly Role[];
  readonly parameters: readonly Json[];
  readonly body: { readonly schema: Json; readonly example: unknown } | undefined;
}

const named = (ref: string): Json => {
  const [, , kind = '', name = ''] = ref.split('/');
  return (document.components as Record<string, Record<string, Json>>)[kind]?.[name] ?? {};
};
const make = fromSchema(named);

/** The operations as the document describes them. */
export const described: Described[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    method: method.toUpperCase(),
    path,
    operationId: operation.operationId,
    roles: (operation as Json)['x-swoe-roles'] as Role[],
    parameters: (((operation as Json)['parameters'] ?? []) as Json[]).map((one) => ('$ref' in one ? named(String(one['$ref'])) : one)),
    body: (operation.requestBody?.['content'] as Record<string, { schema: Json; example: unknown }> | undefined)?.['application/json'],
  })),
);

/** Every byte percent-encoded: whatever the text holds, the path is one that a client can send. */
const encoded = (text: string): string => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

const words = fc.oneof(fc.string({ minLength: 1, maxLength: 60 }), fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }));
const strange = fc.constantFrom(
  '',
  ' ',
  '-1',
  '0',
  '1e9',
  'null',
  '__proto__',
  '../status',
  '9999-12-31T23:59:59Z',
  'é'.repeat(300),
  '\u0000',
);

const paths = ({ path }: Described, ids: readonly string[]): fc.Arbitrary<string> =>
  fc
    .oneof(
      { weight: 2, arbitrary: fc.constantFrom(...ids) },
      // A slash alone names the list above, which is another operation.
      words.filter((text) => text !== '/'),
      strange.filter((text) => text !== ''),
    )
    .map((id) => path.replace(/\{\w+\}/, () => encoded(id)));

const queries = ({ parameters }: Described): fc.Arbitrary<string> => {
  const known = parameters
    .filter((one) => one['in'] === 'query')
    .map(({ name, schema }) => [String(name), make(schema as Json).map(String)] as const);
  const pairs = known.map(([name, value]) =>
    fc.option(fc.oneof({ weight: 3, arbitrary: value }, words, strange).map((text) => `${encoded(name)}=${encoded(text)}`)),
  );
  const other = fc.option(
    words.map((name) => `${encoded(name)}=1`),
    { freq: 9 },
  );
  return fc.tuple(other, ...pairs).map((parts) => {
    const given = parts.filter((part) => part !== null);
    return given.length > 0 ? `?${given.join('&')}` : '';
  });
};

const bodies = ({ body }: Described): fc.Arbitrary<string | undefined> => {
  if (!body) return fc.constant(undefined);
  const { schema, example } = body;
  const values = fc.oneof(
    { weight: 3, arbitrary: make(schema) },
    { weight: 4, arbitrary: mutated([example]) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  );
  const texts = fc.constantFrom(
    '',
    '{',
    'null',
    '[]',
    '"',
    '{"a":1e999}',
    '\ufeff{}',
    '{"reason":"x","reason":"yes"}',
    `"${'x'.repeat(140_000)}"`,
  );
  return fc.oneof({ weight: 7, arbitrary: values.map((value) => JSON.stringify(value)) }, { weight: 1, arbitrary: texts });
};

const headers = fc.record(
  {
    'idempotency-key': fc.constantFrom('one', 'two', 'a key', 'x'.repeat(256), 'é'),
    'if-none-match': fc.constantFrom('*', '"none"', 'W/"x", "y"', ','),
    'content-type': fc.constantFrom('text/plain', 'application/json; charset=utf-8', 'application/xml', ''),
  },
  { requiredKeys: [] },
);

/** Requests for one operation: such as fit the document, such as nearly do, and such as nobody should send. */
export const fuzzed = (operation: Described, ids: readonly string[]): fc.Arbitrary<Request> =>
  fc
    .record({
      path: paths(operation, ids),
      query: queries(operation),
      text: bodies(operation),
      role: fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom(...operation.roles) },
        fc.constantFrom<Role | 'nobody'>(...Role.options, 'nobody'),
      ),
      headers: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: headers }),
    })
    .map(({ path, query, text, role, headers: sent }) => ({
      method: operation.method,
      path: `${path}${query}`,
      role,
      text,
      headers: Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)) as Record<string, string>,
    }));
