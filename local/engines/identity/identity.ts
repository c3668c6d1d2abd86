import { importJWK, SignJWT } from 'jose';
import type { Role } from '../../../shared/contracts/vocabulary.ts';
import type { Scheduler } from '../../kernel/scheduler.ts';
import { CLIENT_ID, LOCAL, POOL_ID } from '../../template/place.ts';
import type { Key } from './key.ts';

export const ISSUER = `https://cognito-idp.${LOCAL.region}.amazonaws.com/${POOL_ID}`;

export interface TokenOptions {
  readonly sub?: string;
  readonly agency?: string;
  /** Seconds; one hour unless told. */
  readonly ttl?: number;
}

export interface Identity {
  readonly issuer: string;
  /** A bearer token as Cognito signs them for people: an access token with the role as group. */
  token(role: Role, options?: TokenOptions): Promise<string>;
  /** The key set as anybody may see it. */
  keys(): { keys: object[] };
  /** What functions fetch instead of going over HTTPS: only our own issuer has keys here. */
  jwks(uri: string): Promise<{ keys: object[] }>;
}

const publicPart = ({ kty, n, e, kid, alg, use }: Key): object => ({ kty, n, e, kid, alg, use });

/** Stands in for the user pool: one issuer, one client, tokens for the asking. */
export const createIdentity = (key: Key, scheduler: Scheduler): Identity => {
  const keys = () => ({ keys: [publicPart(key)] });
  const token: Identity['token'] = async (role, { sub = `local-${role}`, agency = 'riviera-beach-pd', ttl = 3600 } = {}) => {
    const now = Math.floor(scheduler.now() / 1000);
    const claims = {
      sub,
      username: sub,
      token_use: 'access',
      client_id: CLIENT_ID,
      scope: 'aws.cognito.signin.user.admin',
      auth_time: now,
      'cognito:groups': [role, `agency:${agency}`],
      'custom:agency': agency,
    };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: key.kid })
      .setIssuer(ISSUER)
      .setIssuedAt(now)
      .setExpirationTime(now + ttl)
      .setJti(scheduler.uuid())
      .sign(await importJWK(key, 'RS256'));
  };
  const jwks: Identity['jwks'] = async (uri) => {
    if (!uri.startsWith(`${ISSUER}/`)) throw new Error(`Only ${ISSUER} has keys on this machine, not ${uri}`);
    return keys();
  };
  return { issuer: ISSUER, token, keys, jwks };
};
