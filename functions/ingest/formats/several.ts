import type { Adapted } from './format.ts';
import { refuse } from './refuse.ts';

/** So many events one message may carry: ten messages of them are a batch, and a batch has half a minute. */
export const MOST_CARRIED = 100;

/** Each event that a document carries in a list of this name, adapted by itself and with its place there; all are refused at once where they are too many. */
export const several = <Item>(list: string, items: readonly Item[], adapt: (item: Item, place: string) => Adapted): readonly Adapted[] => {
  if (items.length > MOST_CARRIED)
    return [refuse(list, `holds ${items.length} events, and one message carries ${MOST_CARRIED} at most: put it on the bus in parts`)];
  return items.map((item, at) => {
    const place = `${list}[${at}]`;
    const adapted = adapt(item, place);
    return adapted.ok ? { ...adapted, place } : adapted;
  });
};
