import type { Via } from '../../shared/contracts/journal.ts';
import { Role } from '../../shared/contracts/vocabulary.ts';

/** Who asks, as the authorizer found out. `expiresAt` is when their token ends, ms since the epoch. */
export interface Caller {
  sub: string;
  roles: Role[];
  agency: string;
  expiresAt: number;
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
  return { sub, roles, agency: String(context?.['agency'] ?? ''), expiresAt: Number(context?.['exp'] ?? 0) * 1000, origin };
};

/** The role in which a caller acts: the last listed of those allowed, since they are listed by rising authority. */
export const actingRole = (caller: Caller, allowed: readonly Role[]): Role | undefined =>
  allowed.findLast((role) => caller.roles.includes(role));
