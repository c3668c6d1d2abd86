import type { ActionRequested } from '../../shared/contracts/action.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import { recipientsOf } from '../../shared/domain/sharing/recipients.ts';
import { kindsOf } from '../../shared/domain/sharing/tellable.ts';
import type { Authority } from './authorise.ts';
import { type Attempt, stepEntry } from './record.ts';

/** What of the facts that allowed an action lets others be told. */
const BASES: readonly string[] = ['exigency'];

/** Of a partner system also under which agreement and for what it was asked or told, as whom and for which case, and what of it stayed here. */
const withPartner = (recipient: string, { partners = [] }: Pick<ActionRequested, 'partners'>, withheld: readonly string[]): object => {
  const partner = partners.find(({ system }) => system === recipient);
  if (!partner) return {};
  const { exchange, agreement, purpose, ori, case: case_, agency, by, messages } = partner;
  return {
    exchange,
    for: purpose,
    agreement,
    ori,
    case: case_,
    agency,
    by,
    messages: messages.map(({ key }) => key),
    ...(withheld.length > 0 ? { withheld: withheld.map((kind) => `entities:${kind}`) } : {}),
  };
};

/**
 * That an action tells or asks somebody outside, one entry for each (28 CFR 23.20(f)): on which basis (the agreement, the event that states the danger,
 * or the law that asks for it), why, and which kinds of things it names. Written in the transaction that lets the action go out. Pure.
 */
export const disseminations = (
  { execution, command, record }: Attempt,
  { decision, terms }: Pick<Authority, 'decision' | 'terms'>,
  asked: Pick<ActionRequested, 'entities' | 'partners'>,
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
      fields: [...Object.keys(command.arguments), ...kindsOf(asked.entities).map((kind) => `entities:${kind}`)],
      ...withPartner(recipient, asked, terms.find((one) => one.recipient === recipient)?.withheld ?? []),
    }),
  );
};
