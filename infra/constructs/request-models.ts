import { CfnModel, type IModel, Model, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import * as z from 'zod';
import type { Endpoint } from '../../shared/contracts/endpoint.ts';
import { IDEMPOTENCY_KEY } from '../../shared/contracts/idempotency.ts';

/** API Gateway's models speak JSON Schema draft 4. What zod transforms is described as it comes in. */
const draft04 = (shape: z.ZodType): object => z.toJSONSchema(shape, { target: 'draft-4', io: 'input', unrepresentable: 'any' });

/** `ingestEvent` → `IngestEvent`: models are named by letters and digits only. */
const modelName = (operation: string): string => operation.charAt(0).toUpperCase() + operation.slice(1);

/** The model of an endpoint's body, from the same contract that the handler checks it with. */
export const requestModel = (api: RestApi, { operation, body }: Endpoint): Record<string, IModel> | undefined => {
  if (!body) return undefined;
  const name = modelName(operation);
  const model = new CfnModel(api, `${name}Model`, {
    restApiId: api.restApiId,
    name,
    contentType: 'application/json',
    schema: draft04(body),
  });
  return { 'application/json': Model.fromModelName(api, `${name}ModelName`, model.ref) };
};

/** Query parameters and headers are declared, all optional: their values are the handler's to check. */
export const requestParameters = ({ method, query, etag }: Endpoint): Record<string, boolean> => {
  const names = Object.keys(query?.shape ?? {}).map((name) => `querystring.${name}`);
  const headers = [...(method === 'GET' ? [] : [IDEMPOTENCY_KEY]), ...(etag ? ['If-None-Match'] : [])].map((name) => `header.${name}`);
  return Object.fromEntries([...names, ...headers].map((name) => [`method.request.${name}`, false]));
};
