import { type Endpoint, effectOf } from '../../shared/contracts/endpoint.ts';
import type { Role } from '../../shared/contracts/vocabulary.ts';
import type { Parties } from '../../shared/domain/joint/in-force.ts';
import { type Scopes, takingPart } from '../../shared/domain/joint/scope.ts';
import { partnerOf } from '../../shared/domain/sharing/partners.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { Access, Duty } from '../../shared/policy/access/index.ts';
import { actingRole, type Caller } from './caller.ts';
import { forbidden, type Refusal } from './reply.ts';

export interface AdmitDeps {
  /** Who may: Cedar's word. */
  readonly access: Access;
  /** Agencies that something is shared with, and what time it is. */
  readonly parties: Pick<Parties, 'partners'>;
  readonly clock: Clock;
  /** What joint operations open; asked for people of other agencies alone. */
  readonly scopes: Scopes;
  /** Whether a person is on duty, as the roster's facts have it. */
  readonly duty: (sub: string) => Promise<Duty>;
}

type Asking = Pick<Caller, 'sub' | 'roles' | 'agency'>;

const notAllowed = ({ summary, roles }: Endpoint, caller: Asking): Refusal =>
  forbidden(`${summary}: this takes one of the roles ${roles.join(', ')}; yours: ${caller.roles.join(', ') || 'none'}`);

/** In which role somebody may call this, or why not. Whether they are on duty is looked up only where it matters. */
export const admit = async (
  { access, parties, clock, scopes, duty }: AdmitDeps,
  endpoint: Endpoint,
  caller: Asking,
): Promise<Role | Refusal> => {
  const effect = effectOf(endpoint);
  const partner = partnerOf(parties.partners, caller.agency, clock.now()) !== undefined;
  const asker = { ...caller, partner, ...(effect === 'act' ? { duty: await duty(caller.sub) } : {}) };
  const { operation: id, roles, shared = false } = endpoint;
  const participants = partner && endpoint.joint ? takingPart(await scopes()) : [];
  const { allowed, because } = access(asker, { action: 'call', id, roles, effect, shared, participants });
  const role = actingRole(caller, roles);
  if (allowed && role) return role;
  return because.length > 0 ? forbidden(because.join(' ')) : notAllowed(endpoint, caller);
};
