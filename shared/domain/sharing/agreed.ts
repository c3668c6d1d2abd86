import type { AgreedScope, Partner, Signed } from '../../contracts/agency.ts';
import { isStatement, type NormalizedEvent } from '../../contracts/event.ts';
import { isCorrection, isRetracted } from '../correction.ts';

/** Whether an agreement has begun and not ended at `now` (ms). */
export const isInForce = ({ from, until }: Pick<Signed, 'from' | 'until'>, now: number): boolean =>
  Date.parse(from) <= now && now < Date.parse(until);

const isOf = (kind: string, type: string): boolean => (kind.endsWith('.*') ? type.startsWith(kind.slice(0, -1)) : kind === type);

/** Whether an event is of what an agreement names. What a neighbour told us is not ours to pass on, and a statement is about our own units. */
const covers = ({ categories, priorities, sources, types }: AgreedScope, event: NormalizedEvent): boolean =>
  categories.includes(event.category) &&
  priorities.includes(event.priority) &&
  event.source !== 'partner_agency' &&
  (sources === undefined || sources.some((source) => source === event.source)) &&
  (types === undefined || types.some((kind) => isOf(kind, event.type))) &&
  !isStatement(event.type) &&
  !isCorrection(event);

/** Whether an event, as it is now, may be told to a partner at `now` (ms). A false alarm is told to nobody anew. Pure. */
export const mayBeTold = ({ agreement }: Partner, event: NormalizedEvent, now: number): boolean =>
  isInForce(agreement, now) && covers(agreement.what, event) && !isRetracted(event);
