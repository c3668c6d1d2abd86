import type { Resource } from '../../../template/index.ts';
import { header, type Pairs } from '../headers.ts';
import { type Schema, violations } from './draft-04.ts';

export interface Checked {
  readonly headers: Pairs;
  readonly query: Pairs;
  readonly body: string;
}

export type Wrong = { kind: 'BAD_REQUEST_BODY' | 'BAD_REQUEST_PARAMETERS'; message: string; validation: string };

/** Why a method's validator refuses a request, or undefined. */
export type Validate = (method: Resource, request: Checked) => Wrong | undefined;

const missingParameters = ({ properties }: Resource, { headers, query }: Checked): string[] =>
  Object.entries((properties['RequestParameters'] ?? {}) as Record<string, boolean | string>).flatMap(([place, required]) => {
    const [, where, name = ''] = /^method\.request\.(header|querystring)\.(.+)$/.exec(place) ?? [];
    if (String(required) !== 'true' || !where) return [];
    const value = where === 'header' ? header(headers, name) : query.find(([given]) => given === name)?.[1];
    return value ? [] : [name];
  });

const mediaType = (headers: Pairs): string =>
  (header(headers, 'content-type') ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? '';

const wrongBody = (schema: Schema, body: string): string | undefined => {
  let value: unknown = null;
  try {
    if (body.trim() !== '') value = JSON.parse(body);
  } catch {
    return '[the body is not JSON]';
  }
  const found = violations(schema, value);
  return found.length > 0 ? `[${found.join(', ')}]` : undefined;
};

/** The validators and models of one REST API. A body of a media type without a model is let through, as API Gateway does. */
export const validator = (validators: readonly Resource[], models: readonly Resource[]): Validate => {
  const byId = new Map(validators.map(({ ref, properties }) => [ref, properties]));
  const schemas = new Map(
    models.map(({ ref, properties: { Schema: schema } }) => [ref, (typeof schema === 'string' ? JSON.parse(schema) : schema) as Schema]),
  );
  return (method, request) => {
    const wanted = byId.get(String(method.properties['RequestValidatorId']));
    if (!wanted) return undefined;
    const missing = wanted['ValidateRequestParameters'] === true ? missingParameters(method, request) : [];
    if (missing.length > 0) {
      const message = `Missing required request parameters: [${missing.join(', ')}]`;
      return { kind: 'BAD_REQUEST_PARAMETERS', message, validation: message };
    }
    if (wanted['ValidateRequestBody'] !== true) return undefined;
    const models = (method.properties['RequestModels'] ?? {}) as Record<string, string>;
    const schema = schemas.get(models[mediaType(request.headers)] ?? models['$default'] ?? '');
    const wrong = schema && wrongBody(schema, request.body);
    return wrong ? { kind: 'BAD_REQUEST_BODY', message: 'Invalid request body', validation: wrong } : undefined;
  };
};
