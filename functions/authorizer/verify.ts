import { JwtVerifier } from 'aws-jwt-verify';
import { FetchError, JwtBaseError, KidNotFoundInJwksError } from 'aws-jwt-verify/error';
import type { JwtPayload } from 'aws-jwt-verify/jwt-model';
import * as z from 'zod';
import { Role } from '../../shared/contracts/vocabulary.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import type { Person } from '../../shared/stores/connections.ts';

/** What an access token of our issuer must say beside its signature. Groups that are no role of ours give no right. */
const Claims = z.object({
  sub: z.string().min(1),
  exp: z.number(),
  iat: z.number().optional(),
  jti: z.string().optional(),
  nbf: z.number().optional(),
  token_use: z.literal('access'),
  client_id: z.string(),
  'cognito:groups': z.array(z.string()).default([]),
  'custom:agency': z.string().default(''),
});

/** A key we do not know may be a new one: the key set is fetched again, but not more often than this. */
const REFETCH_MS = 10_000;

/** The library reads the process's clock; ours is handed in, so expiry is judged here and the library's own check is given no say. */
const NO_CLOCK = { graceSeconds: Number.MAX_SAFE_INTEGER };

const AGENCY = 'agency:';

/** Cognito puts no custom attribute into an access token, so there a person's agency is a group: `agency:riviera-beach-pd`. */
const agencyIn = (groups: string[]): string => groups.find((group) => group.startsWith(AGENCY))?.slice(AGENCY.length) ?? '';

/** The person a signed token names, if it is ours, an access token, and valid now. */
const personOf = (payload: JwtPayload, audience: string, now: number): Person | undefined => {
  const parsed = Claims.safeParse(payload);
  if (!parsed.success) return undefined;
  const claims = parsed.data;
  const isCurrent = claims.exp * 1000 > now && (claims.nbf ?? 0) * 1000 <= now;
  if (claims.client_id !== audience || !isCurrent) return undefined;
  const groups = claims['cognito:groups'];
  const roles = groups.flatMap((group) => Role.safeParse(group).data ?? []);
  return {
    sub: claims.sub,
    roles,
    agency: claims['custom:agency'] || agencyIn(groups),
    expiresAt: claims.exp * 1000,
    tokenId: claims.jti,
    issuedAt: (claims.iat ?? 0) * 1000,
  };
};

/** Verifies a bearer token: signature and issuer by aws-jwt-verify, then client, use and time. Undefined where any of them is wrong; throws where the keys cannot be had. */
export const verifier = (runtime: Runtime, { issuer, audience }: { issuer: string; audience: string }) => {
  const { clock, jwks } = runtime;
  const jwt = JwtVerifier.create({ issuer, audience: null, ...NO_CLOCK });
  let fetchedAt = Number.NEGATIVE_INFINITY;

  const fetchKeys = async (fetch: NonNullable<Runtime['jwks']>): Promise<void> => {
    fetchedAt = clock.now();
    const keys = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/jwks.json`);
    jwt.cacheJwks(keys as Parameters<typeof jwt.cacheJwks>[0]);
  };

  const bySuppliedKeys = async (token: string, fetch: NonNullable<Runtime['jwks']>): Promise<JwtPayload> => {
    if (fetchedAt === Number.NEGATIVE_INFINITY) await fetchKeys(fetch);
    try {
      return jwt.verifySync(token);
    } catch (error) {
      if (!(error instanceof KidNotFoundInJwksError) || clock.now() - fetchedAt < REFETCH_MS) throw error;
      await fetchKeys(fetch);
      return jwt.verifySync(token);
    }
  };

  return async (token: string): Promise<Person | undefined> => {
    try {
      return personOf(jwks ? await bySuppliedKeys(token, jwks) : await jwt.verify(token), audience, clock.now());
    } catch (error) {
      if (error instanceof JwtBaseError && !(error instanceof FetchError)) return undefined;
      throw error;
    }
  };
};
