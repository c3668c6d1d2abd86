import { invalid, unreadable } from '../faults.ts';
import { type BoundCondition, bindCondition } from './bind-condition.ts';
import { type BoundAction, bindUpdate } from './bind-update.ts';
import { parseCondition } from './parse-condition.ts';
import { parseProjection } from './parse-projection.ts';
import { parseUpdate } from './parse-update.ts';
import type { Placeholders } from './placeholders.ts';
import { bindProjection, type Projection } from './project.ts';
import { ExpressionError } from './tokens.ts';

const LONGEST = 4096;
/** Programs hold a handful of expressions, generated texts any number: past this many the cache starts anew. */
const CACHED = 2000;

const cached = <T>(parse: (source: string) => T): ((source: string) => T) => {
  const parsed = new Map<string, T>();
  return (source) => {
    const known = parsed.get(source);
    if (known !== undefined) return known;
    if (source.length > LONGEST) throw new ExpressionError('Expression size has exceeded the maximum allowed size;');
    if (parsed.size >= CACHED) parsed.clear();
    const fresh = parse(source);
    parsed.set(source, fresh);
    return fresh;
  };
};

type Input = Readonly<Record<string, unknown>>;

/** Reads one expression member of a request; its complaints carry the member's name, as AWS's do. */
const reader =
  <Parsed, Bound>(parse: (source: string) => Parsed, bind: (parsed: Parsed, fill: Placeholders) => Bound) =>
  (input: Input, member: string, fill: Placeholders): Bound | undefined => {
    const source = input[member];
    if (source === undefined || source === null) return undefined;
    if (typeof source !== 'string') throw unreadable(`${member} must be a string`);
    try {
      return bind(parse(source), fill);
    } catch (error) {
      if (error instanceof ExpressionError) throw invalid(`Invalid ${member}: ${error.message}`);
      throw error;
    }
  };

export const readCondition = reader<ReturnType<typeof parseCondition>, BoundCondition>(cached(parseCondition), bindCondition);
export const readUpdate = reader<ReturnType<typeof parseUpdate>, readonly BoundAction[]>(cached(parseUpdate), bindUpdate);
export const readProjection = reader<ReturnType<typeof parseProjection>, Projection>(cached(parseProjection), bindProjection);
