import type { Entity } from '../../contracts/event.ts';
import type { Identifier, Match, PartnerAnswer } from '../../contracts/partner.ts';

/** What a partner's answer comes to: by which kinds of identifiers the record agrees with what was asked, and which contradict it. No value stands in it. */
export interface Reading {
  readonly match: Match;
  readonly agrees: readonly Identifier[];
  readonly contradicts: readonly Identifier[];
  readonly because: string;
  /** The agency that entered the record, and its number. */
  readonly by?: string;
  readonly record?: string;
}

/** By a vehicle's own number, or its whole plate; a person takes two. */
const VEHICLE: readonly Identifier[] = ['plate', 'vin'];
const OF_A_PERSON = 2;

/** What differs in writing alone is the same. A plate that was read in part (`?`, `*`) is the same as none. */
const same = (a: string, b: string): boolean => {
  const [one, other] = [a, b].map((id) => id.toUpperCase().replaceAll(/[\s.,-]/g, ''));
  return one !== '' && one === other && /^[\p{L}\p{N}]+$/u.test(one ?? '');
};

const compare = (asked: readonly Entity[], record: PartnerAnswer['record']) => {
  const theirs = record?.identifiers ?? [];
  const kinds = [...new Set(theirs.map(({ kind }) => kind))].filter((kind) => asked.some((entity) => entity.kind === kind));
  const agrees = kinds.filter((kind) =>
    theirs.some((one) => one.kind === kind && asked.some((entity) => entity.kind === kind && same(entity.id, one.id))),
  );
  return { agrees, contradicts: kinds.filter((kind) => !agrees.includes(kind)) };
};

/** Whether what agrees is enough to speak of the same vehicle, or the same person. */
const suffices = (agrees: readonly Identifier[]): boolean =>
  agrees.some((kind) => VEHICLE.includes(kind)) || agrees.filter((kind) => !VEHICLE.includes(kind)).length >= OF_A_PERSON;

const verdict = (answer: PartnerAnswer, agrees: readonly Identifier[], contradicts: readonly Identifier[]): [Match, string] => {
  const { says } = answer;
  if (says === 'no-hit' || says === 'cancelled') return ['none', says === 'cancelled' ? 'the record was cancelled' : 'no record'];
  if (says === 'not-confirmed') return ['none', 'the agency that entered it does not confirm the record'];
  if (contradicts.length > 0) return ['unknown', `contradicted by ${contradicts.join(', ')}`];
  if (!suffices(agrees)) return ['unknown', 'neither a whole plate, a VIN nor two identifiers of a person agree'];
  if (says === 'confirmed') return ['confirmed', 'the agency that entered it confirms the record'];
  return ['lead', says === 'confirm-within' ? `to be confirmed within ${answer.minutes ?? '?'} min` : 'a hit that nobody has confirmed'];
};

/**
 * Whether an index's answer is a match, by what was asked and what its record says: never by what the subsystem thinks of it. A hit is a lead until
 * the agency that entered the record confirms it. What cannot be read is unknown. Pure.
 */
export const readAnswer = (asked: readonly Entity[], answer: PartnerAnswer | undefined): Reading => {
  if (!answer) return { match: 'unknown', agrees: [], contradicts: [], because: 'the index did not say which record it means' };
  const { agrees, contradicts } = compare(asked, answer.record);
  const [match, because] = verdict(answer, agrees, contradicts);
  const { ori, number } = answer.record ?? {};
  return { match, agrees, contradicts, because, ...(ori ? { by: ori } : {}), ...(number ? { record: number } : {}) };
};
