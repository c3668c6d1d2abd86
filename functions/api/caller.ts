import { Role } from '../../shared/contracts/vocabulary.ts';

/** Who asks, as the authorizer found out. `expiresAt` is when their token ends, ms since the epoch. */
export interface Caller {
  sub: string;
  roles: Role[];
  agency: string;
  expiresAt: number;
}

/** The authorizer's context; API Gateway makes text of every value. Undefined where no authorizer stood before us. */
export const callerOf = (context: Record<string, unknown> | null | undefined): Caller | undefined => {
  const sub = context?.['sub'];
  if (typeof sub !== 'string' || !sub) return undefined;
  const roles = String(context?.['roles'] ?? '')
    .split(',')
    .flatMap((name) => Role.safeParse(name).data ?? []);
  return { sub, roles, agency: String(context?.['agency'] ?? ''), expiresAt: Number(context?.['exp'] ?? 0) * 1000 };
};

/** The role in which a caller acts: the last listed of those allowed, since they are listed by rising authority. */
export const actingRole = (caller: Caller, allowed: readonly Role[]): Role | undefined =>
  allowed.findLast((role) => caller.roles.includes(role));
