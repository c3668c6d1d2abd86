import type { Held } from '../contracts/execution.ts';
import type { Step } from '../contracts/workflow.ts';

type Warning = Held['warnings'][number];

const quoted = ({ id, citation, refusal }: Warning): string => `${refusal} [${id}: ${citation}]`;

const factsSaid = ({ facts }: Held): string[] => {
  if (facts.length === 0) return ['No stored fact bears on it.'];
  return [`Facts: ${facts.map(({ kind, eventKey, expiresAt }) => `${kind} from ${eventKey} until ${expiresAt}`).join('; ')}.`];
};

/** The question about a held step, each clause with its citation, so that it can be read out. */
export const questionOf = ({ name, action }: Pick<Step, 'name' | 'action'>, held: Held | undefined, otherwise: string): string => {
  if (!held) return `${name} (${action}) is held: ${otherwise} Go on?`;
  const voided = held.voided.map((one) => `The facts have changed since ${one} was approved, so that yes no longer holds.`);
  const clauses = held.warnings.length > 0 ? [...held.warnings.map(quoted), ...factsSaid(held)] : [];
  return [`${name} (${action}) is held.`, ...voided, ...clauses, 'Go on?'].join(' ');
};
