import { invalid, unreadable } from '../faults.ts';
import { typeOf } from '../values/attribute.ts';
import { textSize } from '../values/size.ts';
import { type BoundCondition, bindCondition } from './bind-condition.ts';
import { type BoundAction, bindUpdate, checkUpdate } from './bind-update.ts';
import { checkBound } from './operand-checks.ts';
import { parseCondition } from './parse-condition.ts';
import { parseProjection } from './parse-projection.ts';
import { parseUpdate } from './parse-update.ts';
import type { Placeholders, Uses, Values } from './placeholders.ts';
import { bindProjection, type Projection } from './project.ts';
import { ExpressionError, type Token, tokenize } from './tokens.ts';

const LONGEST = 4096;
const MOST_OPERATORS = 300;
/** Programs hold a handful of expressions, generated texts any number: past this many the cache starts anew. */
const CACHED = 2000;

/** How one kind of expression is read: `bind` fills names in, `check` looks at what only the values can show. */
interface Grammar<Parsed, Bound> {
  readonly parse: (source: string) => Parsed;
  readonly bind: (parsed: Parsed, fill: Placeholders) => Bound;
  readonly check: (bound: Bound, values: Values) => void;
}

/** An expression with its names filled in, and the types of values it was already found to be right with. */
interface Resolved<Bound> {
  readonly meanings: readonly unknown[];
  readonly bound: Bound;
  readonly passed: Set<string>;
}

/** A text that was read once. The names it is sent with are nearly always the same, so they are filled in once too. */
interface Known<Parsed, Bound> {
  readonly parsed: Parsed;
  readonly uses: Uses;
  /** BETWEEN and attribute_type are right or wrong by what a value holds, not by its type alone. */
  readonly byContent: boolean;
  resolved: Resolved<Bound> | undefined;
}

const placeholdersIn = (source: string, kind: 'name' | 'value'): Set<string> =>
  new Set(
    tokenize(source)
      .filter((token) => token.kind === kind)
      .map(({ text }) => text),
  );

const typesOf = ({ values: names }: Uses, values: Values): string => {
  let types = '';
  for (const name of names) {
    const value = values.get(name);
    types += `${value && typeOf(value)} `;
  }
  return types;
};

const sameNames = ({ meanings }: Resolved<unknown>, { names }: Uses, fill: Placeholders): boolean => {
  let at = 0;
  for (const name of names) if (fill.meaning(name) !== meanings[at++]) return false;
  return true;
};

const checkLength = (source: string): void => {
  const size = textSize(source);
  if (size > LONGEST) throw new ExpressionError(`Expression size has exceeded the maximum allowed size; expression size: ${size}`);
};

/** What is counted of an expression: comparisons, joints, arithmetic and calls. */
const isOperator = ({ kind, text }: Token, next: Token | undefined): boolean => {
  if (kind === 'mark') return /^[=<>+-]/.test(text);
  return kind === 'word' && (next?.text === '(' || /^(and|or|not|between)$/i.test(text));
};

const checkOperators = (source: string): void => {
  const tokens = tokenize(source);
  const count = tokens.filter((token, at) => isOperator(token, tokens[at + 1])).length;
  if (count > MOST_OPERATORS)
    throw new ExpressionError(`The expression contains too many operators; maximum operators: ${MOST_OPERATORS}, operators: ${count}`);
};

type Input = Readonly<Record<string, unknown>>;

/** Reads one expression member of a request; its complaints carry the member's name, as AWS's do. */
const reader = <Parsed, Bound>({ parse, bind, check }: Grammar<Parsed, Bound>) => {
  const texts = new Map<string, Known<Parsed, Bound>>();

  const known = (source: string): Known<Parsed, Bound> => {
    const earlier = texts.get(source);
    if (earlier) return earlier;
    checkLength(source);
    const parsed = parse(source);
    checkOperators(source);
    const uses = { names: placeholdersIn(source, 'name'), values: placeholdersIn(source, 'value') };
    const fresh = { parsed, uses, byContent: /between|attribute_type/i.test(source), resolved: undefined };
    if (texts.size >= CACHED) texts.clear();
    texts.set(source, fresh);
    return fresh;
  };
  const resolve = (text: Known<Parsed, Bound>, fill: Placeholders): Resolved<Bound> => {
    if (text.resolved && sameNames(text.resolved, text.uses, fill)) return text.resolved;
    const bound = bind(text.parsed, fill);
    text.resolved = { bound, meanings: [...text.uses.names].map((name) => fill.meaning(name)), passed: new Set() };
    return text.resolved;
  };
  const ready = (source: string, fill: Placeholders): Bound => {
    const text = known(source);
    const { bound, passed } = resolve(text, fill);
    fill.use(text.uses);
    const types = typesOf(text.uses, fill.values);
    if (text.byContent || !passed.has(types)) check(bound, fill.values);
    passed.add(types);
    return bound;
  };

  return (input: Input, member: string, fill: Placeholders): Bound | undefined => {
    const source = input[member];
    if (source === undefined || source === null) return undefined;
    if (typeof source !== 'string') throw unreadable(`${member} must be a string`);
    try {
      return ready(source, fill);
    } catch (error) {
      if (error instanceof ExpressionError) throw invalid(`Invalid ${member}: ${error.message}`);
      throw error;
    }
  };
};

export const readCondition = reader<ReturnType<typeof parseCondition>, BoundCondition>({
  parse: parseCondition,
  bind: bindCondition,
  check: checkBound,
});
export const readUpdate = reader<ReturnType<typeof parseUpdate>, readonly BoundAction[]>({
  parse: parseUpdate,
  bind: bindUpdate,
  check: checkUpdate,
});
export const readProjection = reader<ReturnType<typeof parseProjection>, Projection>({
  parse: parseProjection,
  bind: bindProjection,
  check: () => {},
});
