import type { Source } from '../contracts/vocabulary.ts';
import { type Expression, expression } from './expression.ts';
import { FATES, type Fates, minuteOf } from './source-state.ts';

/** One batch of one source. `floor`, `above` and `upTo` in the units of `next`; `take` is how far `next` moves. */
export interface Charge {
  readonly source: Source;
  /** Ms since the epoch. */
  readonly now: number;
  /** The source is taken to have been idle: `next` starts at `floor`. */
  readonly idle: boolean;
  readonly floor: number;
  /** The charge stands for `above` < next ≤ `upTo`. */
  readonly above: number;
  readonly upTo: number;
  readonly take: number;
  /** The minute that is going on was counted before. */
  readonly sameMinute: boolean;
  readonly received: number;
  readonly lastEventAt: string;
  readonly fates: Fates;
}

const takeTurns = ({ value, attribute, set, must }: Expression, { idle, floor, above, upTo, take }: Charge): void => {
  const tat = attribute('tat');
  if (idle) {
    must(`(attribute_not_exists(${tat}) OR ${tat} <= ${value('floor', floor)})`);
    set('tat', value('next', floor + take));
    return;
  }
  must(`${tat} > ${value('above', Math.max(floor, above))}`);
  if (Number.isFinite(upTo)) must(`${tat} <= ${value('upTo', upTo)}`);
  if (take > 0) set('tat', `${tat} + ${value('take', take)}`);
};

const countMinute = ({ value, attribute, set, add, must }: Expression, { now, sameMinute, received }: Charge): void => {
  const [minute, current] = [attribute('minute'), value('minute', minuteOf(now))];
  if (sameMinute) {
    must(`${minute} >= ${current}`);
    add('inMinute', received);
    return;
  }
  must(`(attribute_not_exists(${minute}) OR ${minute} < ${current})`);
  set('before', `if_not_exists(${attribute('inMinute')}, ${value('zero', 0)})`);
  set('minuteBefore', `if_not_exists(${minute}, ${current})`);
  set('minute', current);
  set('inMinute', value('received', received));
};

/** A charge as one conditional update: turns are taken, and what came is counted. */
export const updateFor = (charge: Charge) => {
  const { now, received, lastEventAt, fates } = charge;
  const made = expression();
  takeTurns(made, charge);
  countMinute(made, charge);
  made.add('received', received);
  made.set('lastSeenAt', made.value('now', now));
  made.set('lastEventAt', made.value('lastEventAt', lastEventAt));
  for (const fate of FATES) for (const [priority, n] of Object.entries(fates[fate])) made.add(`${fate}_${priority}`, n);
  if (Object.keys(fates.shed).length > 0) made.set('lastShedAt', made.value('now', now));
  return made.update();
};
