import type { OpenApiDocument } from '../../../shared/contracts/document-endpoints.ts';
import { openApi } from '../../../shared/contracts/openapi/index.ts';
import type { Perform } from '../operation.ts';
import { ok } from '../reply.ts';

/** The OpenAPI document of the version that answers, made at the first call. */
export const getOpenApi = ({ about }: { about: { version: string } }): Perform<'getOpenApi'> => {
  let made: OpenApiDocument | undefined;
  return async () => {
    made ??= openApi(about.version);
    return ok(made);
  };
};
