import { isStatement } from '../../shared/contracts/event.ts';
import { forbidden, type Reply } from './reply.ts';

/** What only a subsystem may say: a person's word on it would be a claim, and a claim is never a fact. */
export const notForPeople = (type: string): Reply | undefined => {
  if (/^action\./.test(type))
    return forbidden(`${type} is the answer of the subsystem that was asked; only that subsystem puts it on the bus`);
  if (!isStatement(type)) return undefined;
  return forbidden(
    `${type} states what is, and is taken only from the source that knows it: units and subsystems speak for themselves, facts come from their authority, each over the bus under its own credentials`,
  );
};
