import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { find } from '../../functions/api/routes.ts';
import type { Endpoint } from '../../shared/contracts/endpoint.ts';
import { BASE_PATH } from '../../shared/contracts/endpoints.ts';
import { type Json, objectsIn } from '../../shared/contracts/openapi/json.ts';

/** The document as it is published. */
export const document = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, Json & { operationId: string; responses: Record<string, Json>; requestBody?: Json }>>;
  components: Record<'schemas' | 'responses' | 'parameters' | 'headers', Record<string, Json>>;
  tags: { name: string }[];
};

/** What a reader of the document may not rely on, and we do not do: tell of what is not declared. */
const closed = <T>(value: T): T => {
  const copy = structuredClone(value);
  for (const schema of objectsIn(copy))
    if ('type' in schema && schema['type'] === 'object' && 'properties' in schema && !('additionalProperties' in schema))
      schema['unevaluatedProperties'] = false;
  return copy;
};

/** A validator of JSON Schema 2020-12 that knows the document's schemas: open as they are published, or closed. */
const validator = (components: object) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'swoe:document', components });
  const compiled = new Map<string, ValidateFunction>();
  return (schema: Json, value: unknown): string[] => {
    const key = JSON.stringify(schema);
    const absolute = JSON.parse(key.replaceAll('"#/components/', '"swoe:document#/components/')) as Json;
    const validate = compiled.get(key) ?? ajv.compile(absolute);
    compiled.set(key, validate);
    return validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
  };
};

/** What in a value does not fit a schema of the document. */
export const unfit = validator(document.components);
const unfitToTell = validator(closed(document.components));

export interface Replied {
  readonly status: number;
  readonly type: string | undefined;
  readonly text: string;
}

const PROBLEM = { $ref: '#/components/schemas/Problem' };

const resolved = (response: Json): Json =>
  typeof response['$ref'] === 'string' ? (document.components.responses[response['$ref'].split('/').at(-1) ?? ''] ?? {}) : response;

/** The body of a response where it is declared under the reply's own content type. */
const unfitBody = (response: Json, { type, text }: Replied): string[] => {
  const content = resolved(response)['content'] as Record<string, { schema: Json }> | undefined;
  if (!content) return text === '' ? [] : ['a body where none is declared'];
  const declared = content[type?.split(';')[0]?.trim() ?? ''];
  return declared ? unfitToTell(declared.schema, JSON.parse(text)) : [`content type ${type} is not declared`];
};

const operationOf = ({ method, path }: Endpoint) => document.paths[path]?.[method.toLowerCase()];

/** What of a reply the document does not declare. `path` stands below the base path and may have a query. */
export const undeclared = (method: string, path: string, reply: Replied): string[] => {
  const found = find(method, `${BASE_PATH}${path.split('?')[0]}`);
  const endpoint = found && 'endpoint' in found ? found.endpoint : undefined;
  if (!endpoint) return reply.status < 400 ? ['no such operation'] : unfitToTell(PROBLEM, JSON.parse(reply.text));
  const response = operationOf(endpoint)?.responses[reply.status];
  return response ? unfitBody(response, reply) : [`status ${reply.status} is not declared`];
};

/** Throws where a reply is not as the document says. */
export const asDeclared = (method: string, path: string, reply: Replied): void => {
  const complaints = undeclared(method, path, reply);
  if (complaints.length === 0) return;
  throw new Error(
    `${method} ${path} answered ${reply.status} as the document does not say: ${complaints.join('; ')} in ${reply.text.slice(0, 2000)}`,
  );
};
