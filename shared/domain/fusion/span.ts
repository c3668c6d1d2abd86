import { metres } from '../metres.ts';
import { matterOf, placeOf } from './compare.ts';
import { apartMs, type Observation } from './observation.ts';
import type { Span } from './rule.ts';
import { sameDanger, samePlace, takenTogether } from './rules/index.ts';

/** The span of what no rule relates directly: it came together through others. */
const USUAL: Span = takenTogether.span ?? { durationMs: 0, metres: 0 };

/** How far two families may lie from each other in one incident: what the rule says that relates them by place. */
export const spanOf = (a: string, b: string): Span => {
  const place = matterOf(samePlace, a, b);
  if (place) return place.span ?? samePlace.span ?? USUAL;
  return (matterOf(sameDanger, a, b) ? sameDanger.span : undefined) ?? USUAL;
};

/** A place whose error is larger than this (metres) is no place to measure from. */
const VAGUE_M = samePlace.distance?.vagueM ?? 0;

/** Where an observation was, if that is known well enough to measure from. */
export const firmPlace = (seen: Observation): { lat: number; lon: number } | undefined =>
  (seen.radiusM ?? 0) <= VAGUE_M ? placeOf(seen) : undefined;

/** Whether two observations lie within one span. Where a place is not known, time alone is measured. */
export const withinSpan = (a: Observation, b: Observation): boolean => {
  const span = spanOf(a.family, b.family);
  if (apartMs(a, b) > span.durationMs) return false;
  const [here, there] = [firmPlace(a), firmPlace(b)];
  return !here || !there || metres(here, there) <= span.metres;
};
