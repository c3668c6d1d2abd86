import * as z from 'zod';
import type { Endpoint } from './endpoint.ts';
import { Role } from './vocabulary.ts';

/** An OpenAPI document, as far as it is looked into here. */
export const OpenApiDocument = z.looseObject({
  openapi: z.literal('3.1.0'),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.unknown()),
  components: z.record(z.string(), z.unknown()),
});
export type OpenApiDocument = z.infer<typeof OpenApiDocument>;

/** What the API says of itself, to everybody who has a token. */
export const documentEndpoints = [
  {
    operation: 'getOpenApi',
    method: 'GET',
    path: '/openapi.json',
    roles: Role.options,
    reply: OpenApiDocument,
    etag: true,
    summary: 'This document',
  },
] as const satisfies readonly Endpoint[];
