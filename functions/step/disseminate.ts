import type { Entry } from '../../shared/contracts/journal.ts';
import { recipientsOf } from '../../shared/domain/sharing/recipients.ts';
import type { Authority } from './authorise.ts';
import { type Attempt, stepEntry } from './record.ts';

/** What of the facts that allowed an action lets others be told. */
const BASES: readonly string[] = ['sharing-agreement', 'exigency'];

/**
 * That an action tells or asks somebody outside, one entry for each (28 CFR 23.20(f)): on which basis (the event that states the agreement or the danger,
 * or the law that asks for it), why, and which kinds of things it names. Written in the transaction that lets the action go out. Pure.
 */
export const disseminations = (
  { execution, command, record }: Attempt,
  { decision }: Pick<Authority, 'decision'>,
  told: readonly string[],
): Entry[] => {
  const { step } = command;
  const basis = decision.facts.filter(({ kind }) => BASES.includes(kind)).map(({ kind, eventKey }) => ({ kind, eventKey }));
  return recipientsOf(step.action, command.arguments).map(({ recipient, purpose }) =>
    stepEntry('dissemination.recorded', execution, record.step, {
      recipient,
      purpose,
      word: 'told',
      actionId: record.actionId,
      action: step.action,
      basis,
      ...(step.legalBasis ? { legalBasis: step.legalBasis } : {}),
      fields: [...Object.keys(command.arguments), ...told.map((kind) => `entities:${kind}`)],
    }),
  );
};
