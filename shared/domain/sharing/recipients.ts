import type { ActionType } from '../../contracts/vocabulary.ts';

type Arguments = Readonly<Record<string, unknown>>;

export interface Recipient {
  readonly recipient: string;
  readonly purpose: string;
}

/** State and federal agencies: each is told under its agreement with the stage. */
const FEDERAL_AND_STATE: readonly unknown[] = ['fbi', 'dea', 'dhs', 'state'];
/** Other agencies among those that a notice may go to; hospitals, clinicians and the city's own offices are not of the kind that 28 CFR 23 is about. */
const NEIGHBOURS: readonly unknown[] = ['county-agencies', 'neighbours', 'sheriff', 'fdle-cybercrime'];
/** An index of what a storm did: it is about nobody. */
const ABOUT_NOBODY: readonly unknown[] = ['damage'];

const texts = (value: unknown): string[] => [value].flat().filter((one): one is string => typeof one === 'string');

const named = (action: string, { index, to, recipients }: Arguments, notified: readonly unknown[]): string[] => {
  if (action === 'FUSION_CLOUD_SYNC') return texts(index);
  if (action === 'THREAT_BROADCAST') return texts(recipients);
  return action === 'NOTIFICATION_SEND' ? texts(to).filter((one) => notified.includes(one)) : [];
};

/** Which agencies and indexes an action tells or asks, and why; a query tells what it asks for. Pure. */
export const recipientsOf = (action: ActionType, given: Arguments): Recipient[] => {
  const purpose = [...texts(given['purpose']), ...texts(given['topic'])].join(': ') || 'threat';
  return named(action, given, [...FEDERAL_AND_STATE, ...NEIGHBOURS]).map((recipient) => ({ recipient, purpose }));
};

/** With whom there has to be an agreement before an action may ask or tell them. Whoever is named and is no partner can have none. Pure. */
export const bound = (action: string, given: Arguments): string[] =>
  named(action, given, FEDERAL_AND_STATE).filter((one) => !ABOUT_NOBODY.includes(one));
