import type { Via } from '../../shared/contracts/journal.ts';
import { Role } from '../../shared/contracts/vocabulary.ts';
import type { Person } from '../../shared/stores/connections.ts';

/** Who asks, as the authorizer found out. */
export interface Caller extends Person {
  /** Where the call came from, and the request's id. */
  origin: Pick<Via, 'from' | 'session'>;
}

/** What API Gateway says of a request, as far as it tells who asks. */
export interface AskedBy {
  requestId?: string;
  identity?: { sourceIp?: string };
  authorizer?: Record<string, unknown> | null;
}

/** The authorizer's context; API Gateway makes text of every value. Undefined where no authorizer stood before us. */
export const callerOf = (asked: AskedBy | undefined): Caller | undefined => {
  const context = asked?.authorizer;
  const sub = context?.['sub'];
  if (typeof sub !== 'string' || !sub) return undefined;
  const origin = { from: asked?.identity?.sourceIp ?? 'unknown', session: asked?.requestId ?? 'unknown' };
  const roles = String(context?.['roles'] ?? '')
    .split(',')
    .flatMap((name) => Role.safeParse(name).data ?? []);
  const ms = (name: string): number => Number(context?.[name] ?? 0) * 1000;
  const text = (name: string): string => String(context?.[name] ?? '');
  return { sub, roles, agency: text('agency'), expiresAt: ms('exp'), issuedAt: ms('iat'), tokenId: text('jti'), origin };
};

/** The role in which a caller acts: the last listed of those allowed, since they are listed by rising authority. */
export const actingRole = (caller: Pick<Caller, 'roles'>, allowed: readonly Role[]): Role | undefined =>
  allowed.findLast((role) => caller.roles.includes(role));
