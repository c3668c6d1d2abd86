import { type Asked, SPOKEN } from './asked.ts';
import { statusOf } from './errors.ts';
import { readCbor } from './protocols/cbor.ts';
import { readJson } from './protocols/json.ts';
import { readQuery } from './protocols/query.ts';
import { readRest, unknownRest } from './protocols/rest.ts';
import { readS3 } from './protocols/s3.ts';
import { elements } from './protocols/xml.ts';
import { credentialOf, urlOf, type WireRequest } from './request.ts';
import { apiGatewayRoutes } from './routes/api-gateway.ts';
import { readConnections, type SocketStages } from './routes/connections.ts';
import { lambdaRoutes } from './routes/lambda.ts';
import { schedulerRoutes } from './routes/scheduler.ts';

const ROUTES = [...lambdaRoutes, ...schedulerRoutes, ...apiGatewayRoutes];

/** Services whose errors are XML although they speak REST. */
const REST_XML = new Set(['route53', 'cloudfront']);

const restXml: Asked['refuse'] = (error, requestId) => ({
  status: statusOf(error),
  headers: { 'content-type': 'application/xml', 'x-amzn-requestid': requestId },
  body: Buffer.from(elements({ Error: { Code: error.name, Message: error.message, RequestId: requestId } })),
});

const unknown = (request: WireRequest): Asked => {
  const { service } = credentialOf(request);
  const what = service ? `${request.method} ${urlOf(request).pathname} of ${service}` : 'This request';
  const asked = unknownRest(`${what} is not served here. ${SPOKEN}.`);
  return REST_XML.has(service ?? '') ? { ...asked, refuse: restXml } : asked;
};

/** What a request means: told by its target, its path, its form or the service it is signed for, in that order. */
export const read = (request: WireRequest, sockets: readonly SocketStages[], region: string): Asked =>
  readJson(request) ??
  readCbor(request) ??
  readS3(request) ??
  readConnections(request, sockets, region) ??
  readRest(ROUTES, request) ??
  readQuery(request) ??
  unknown(request);
