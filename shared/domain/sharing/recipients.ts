import type { ActionType } from '../../contracts/vocabulary.ts';

type Arguments = Readonly<Record<string, unknown>>;

export interface Recipient {
  readonly recipient: string;
  readonly purpose: string;
}

/** Agencies among those that a notice may go to; hospitals, clinicians and the city's own offices are not of the kind that 28 CFR 23 is about. */
const AGENCIES: readonly unknown[] = [
  'jttf',
  'state',
  'county-agencies',
  'neighbours',
  'deconfliction-centre',
  'sheriff',
  'fdle-cybercrime',
];

const texts = (value: unknown): string[] => [value].flat().filter((one): one is string => typeof one === 'string');

const named = (action: ActionType, { index, to, recipients }: Arguments): string[] => {
  if (action === 'FUSION_CLOUD_SYNC') return texts(index);
  if (action === 'THREAT_BROADCAST') return texts(recipients);
  return action === 'NOTIFICATION_SEND' ? texts(to).filter((one) => AGENCIES.includes(one)) : [];
};

/** Which agencies and indexes an action tells or asks, and why; a query tells what it asks for. Pure. */
export const recipientsOf = (action: ActionType, given: Arguments): Recipient[] => {
  const purpose = [...texts(given['purpose']), ...texts(given['topic'])].join(': ') || 'threat';
  return named(action, given).map((recipient) => ({ recipient, purpose }));
};
