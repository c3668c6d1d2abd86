import { packed } from '../../shared/lambda/packed.ts';
import type { Feed } from './feeds.ts';

/** PutEvents takes ten entries and 256 KB at once; the rest is room for names and times. */
const ENTRIES = 10;
const BYTES = 240 * 1024;

/** A feature as text, and the hash by which it is known again. */
export interface News {
  readonly hash: string;
  readonly text: string;
}

/** Puts entries of one source; answers which of them the bus did not take. */
export type Put = (feed: Feed, news: readonly News[]) => Promise<readonly News[]>;

const bytesOf = ({ text }: News): number => Buffer.byteLength(text);

/** Whether the bus could ever take it. */
export const fits = (one: News): boolean => bytesOf(one) <= BYTES;

/** As few calls as the bus's limits allow, in the feed's order. */
export const batches = (news: readonly News[]): News[][] => packed(news, { most: ENTRIES, bytes: BYTES, sizeOf: bytesOf });
