import type { APIGatewayAuthorizerWithContextResult } from 'aws-lambda';
import { acting } from '../../shared/contracts/endpoints.ts';
import { isBarred } from '../../shared/domain/barred.ts';
import { dynamoDb } from '../../shared/lambda/clients.ts';
import { lazily, setting } from '../../shared/lambda/doors.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { barredStore } from '../../shared/stores/barred.ts';
import { connectionsStore, type Person } from '../../shared/stores/connections.ts';
import { verifier } from './verify.ts';

/** What API Gateway asks of a REQUEST authorizer, for REST and for a WebSocket's `$connect` alike. */
interface AuthorizerEvent {
  methodArn: string;
  headers?: Record<string, string | undefined> | null;
  queryStringParameters?: Record<string, string | undefined> | null;
  requestContext?: { routeKey?: string; stage?: string };
}

type Allowed = APIGatewayAuthorizerWithContextResult<Record<'sub' | 'roles' | 'agency' | 'exp' | 'iat' | 'jti', string>>;

/** API Gateway turns exactly this message into 401; anything else would be 500. */
const unauthorized = (): Error => new Error('Unauthorized');

const bearerOf = (headers: AuthorizerEvent['headers']): string | undefined => {
  const header = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  return /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
};

/** API Gateway caches the answer per token, so for REST it covers the whole stage; a connection is made once and covers itself. */
const resourceOf = ({ methodArn, requestContext }: AuthorizerEvent): string => {
  if (requestContext?.routeKey === '$connect') return methodArn;
  const [api, stage] = methodArn.split('/');
  return `${api}/${stage}/*`;
};

/** Whose rate a request counts against: API Gateway never sees this key from outside, and it opens nothing. */
const usageKey = (prefix: string, { roles }: Person): string =>
  `${prefix}-${roles.some((role) => acting.has(role)) ? 'acting' : 'looking'}`;

const allow = (event: AuthorizerEvent, person: Person, usageKeys: string): Allowed => {
  const { sub, roles, agency, expiresAt, issuedAt = 0, tokenId = '' } = person;
  const seconds = (ms: number): string => String(Math.floor(ms / 1000));
  return {
    principalId: sub,
    usageIdentifierKey: usageKey(usageKeys, person),
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: resourceOf(event) }],
    },
    context: { sub, roles: roles.join(','), agency, exp: seconds(expiresAt), iat: seconds(issuedAt), jti: tokenId },
  };
};

/** The door of `authorizer`: whoever shows a sound token, or at a WebSocket a fresh ticket, is let in; what they may do, `api` decides. */
export const create = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const table = setting(runtime, 'CONNECTIONS_TABLE');
  const connections = connectionsStore(client, table);
  const barred = barredStore(client, table, runtime.clock);
  const usageKeys = setting(runtime, 'USAGE_KEYS');
  const verify = verifier(runtime, { issuer: setting(runtime, 'ISSUER'), audience: setting(runtime, 'AUDIENCE') });

  /** The person, unless they are disabled or what they show was revoked. */
  const unlessBarred = async (person: Person | undefined): Promise<Person | undefined> =>
    person && !isBarred(await barred.lately(), person) ? person : undefined;

  const whoIs = async (event: AuthorizerEvent): Promise<Person | undefined> => {
    const bearer = bearerOf(event.headers);
    if (bearer) return await verify(bearer);
    const ticket = event.queryStringParameters?.['ticket'];
    const { routeKey, stage = '' } = event.requestContext ?? {};
    return routeKey === '$connect' && ticket ? connections.redeem(ticket, stage, runtime.clock.now()) : undefined;
  };

  return async (event: AuthorizerEvent): Promise<Allowed> => {
    const person = await whoIs(event)
      .then(unlessBarred)
      .catch((error) => {
        say(runtime.log, 'error', 'invocation.failed', errorFields(error));
        throw error;
      });
    if (!person) throw unauthorized();
    return allow(event, person, usageKeys);
  };
};

export const handler = lazily(create);
