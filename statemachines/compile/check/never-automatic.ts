import { care } from './never/care.ts';
import type { Item } from './never/item.ts';
import { order } from './never/order.ts';
import { streets } from './never/streets.ts';

/** What no machine does by itself in the twenty responses: one small rule an item, in the order of the responses. */
export const NEVER_AUTOMATIC: readonly Item[] = [...streets, ...care, ...order];
