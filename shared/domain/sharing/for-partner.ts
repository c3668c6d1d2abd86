import type { Message } from '../../contracts/channel.ts';

type Told = Omit<Message, 'seq'>;

/** Of what is recorded of a dissemination, what its recipient is told: not by which name we call the event, and not who corrected it. */
const TOLD = ['recipient', 'agreement', 'purpose', 'word', 'sharedAs', 'fields'];

/** A message as people of a partner agency may see it: that something was shared with their agency. Anything else is none of theirs. Pure. */
export const forPartner = <T extends Told>(agency: string, message: T): T | undefined => {
  const { kind, data } = message;
  if (kind !== 'dissemination.recorded' || data['recipient'] !== agency || data['sharedAs'] === undefined) return undefined;
  const told = Object.fromEntries(TOLD.map((name) => [name, data[name]]));
  return { ...message, incidentId: undefined, executionId: undefined, about: {}, data: told };
};
