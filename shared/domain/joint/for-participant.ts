import type { Message } from '../../contracts/channel.ts';
import { type Access, type Asker, seesIncident } from '../../policy/access/index.ts';
import { type Scope, seeing } from './scope.ts';

type Told = Omit<Message, 'seq'>;

/** A word on an operation, which everybody who is asked to take part is told. */
const isOnOperation = (agency: string, { kind, data }: Told): boolean =>
  kind.startsWith('joint.') && Array.isArray(data['agencies']) && data['agencies'].includes(agency);

/**
 * A message as people of a participating agency may see it: what belongs to an incident of an operation in force, and words on operations they are
 * asked into. To whom something was told is for whoever told it. Pure.
 */
export const forParticipant = <T extends Told>(asker: Asker, message: T, access: Access, scopes: readonly Scope[]): T | undefined => {
  if (isOnOperation(asker.agency, message)) return message;
  if (message.kind.startsWith('joint.') || message.topic === 'sharing') return undefined;
  return seesIncident(access, asker, seeing(scopes, message.incidentId)) ? message : undefined;
};
