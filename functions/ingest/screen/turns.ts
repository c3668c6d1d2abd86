import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { placeOfPart } from '../../../shared/domain/part.ts';
import type { Delivery } from '../../../shared/lambda/doors.ts';
import type { Later } from './screened.ts';

/**
 * What a message that goes back into its queue says of itself: `turn`, in ms since the epoch, of the event that it carries; of a message that
 * carries several `turns`, such as `3@1795366800000,7@1795366800020`: which of them it is back for, and the turn of each.
 */
export const attributesOf = (waiting: readonly Later[]): Record<string, MessageAttributeValue> => {
  const turns = waiting.map(({ normal, turn }) => ({ place: placeOfPart(normal.delivery.raw.id), turn }));
  const [only] = turns;
  if (only && only.place === undefined) return { turn: { DataType: 'Number', StringValue: String(only.turn) } };
  return { turns: { DataType: 'String', StringValue: turns.map(({ place, turn }) => `${place}@${turn}`).join(',') } };
};

const turnIn = (turns: string, { raw }: Delivery): number | undefined => {
  const own = turns.split(',').find((one) => one.startsWith(`${placeOfPart(raw.id)}@`));
  return own === undefined ? undefined : Number(own.slice(own.indexOf('@') + 1));
};

/** When an event that comes back may pass (ms since the epoch); undefined for one that comes for the first time. */
export const turnOf = (delivery: Delivery): number | undefined => {
  const { turn, turns } = delivery.record.messageAttributes;
  if (turns?.stringValue !== undefined) return turnIn(turns.stringValue, delivery);
  return turn?.stringValue === undefined ? undefined : Number(turn.stringValue);
};

/** Whether a message still has to do with this one of its events: one that was put back has not with those that had their answer before. */
export const isBackFor = (delivery: Delivery): boolean =>
  delivery.record.messageAttributes['turns'] === undefined || turnOf(delivery) !== undefined;
