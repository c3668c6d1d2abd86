import { AwsError } from '../../../kernel/aws-error.ts';
import { invalid } from '../faults.ts';
import type { AttributeValue } from '../values/attribute.ts';
import { normaliseValue } from '../values/normalise.ts';
import type { Path } from './syntax.ts';
import { ExpressionError } from './tokens.ts';

type Given = Readonly<Record<string, unknown>>;

/** What the `:values` of a request stand for. */
export type Values = ReadonlyMap<string, AttributeValue>;

/** The placeholders that one expression uses. */
export interface Uses {
  readonly names: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
}

const NO_NAMES: Given = {};
const NO_VALUES: Values = new Map();

const given = (input: Given, member: string): Given | undefined => {
  const value = input[member];
  return value === undefined || value === null ? undefined : (value as Given);
};

const checkKeys = (member: string, names: readonly string[], key: RegExp): void => {
  if (names.length === 0) throw invalid(`${member} must not be empty`);
  for (const name of names) if (!key.test(name)) throw invalid(`${member} contains invalid key: Syntax error; key: "${name}"`);
};

const valuesOf = (values: Given, names: readonly string[]): Values => {
  const normalised = new Map<string, AttributeValue>();
  for (const name of names) {
    try {
      normalised.set(name, normaliseValue(values[name]));
    } catch (error) {
      if (!(error instanceof AwsError) || error.name !== 'ValidationException') throw error;
      throw invalid(`ExpressionAttributeValues contains invalid value: ${error.message} for key ${name}`);
    }
  }
  return normalised;
};

/** The `#names` and `:values` of one request: what they stand for, and which of them no expression used. */
export class Placeholders {
  readonly values: Values = NO_VALUES;
  private readonly names: Given = NO_NAMES;
  private readonly nameCount: number = 0;
  private readonly used: Uses[] = [];

  /** `expressions` are the members of the request that may use values, `others` those that use names only. */
  constructor(input: Given, expressions: readonly string[], others: readonly string[] = []) {
    const names = given(input, 'ExpressionAttributeNames');
    const values = given(input, 'ExpressionAttributeValues');
    if (!names && !values) return;
    const has = (member: string): boolean => given(input, member) !== undefined;
    if (names && !expressions.some(has) && !others.some(has))
      throw invalid('ExpressionAttributeNames can only be specified when using expressions');
    if (values && !expressions.some(has)) {
      const which = `${expressions.join(' and ')} ${expressions.length > 1 ? 'are' : 'is'} null`;
      throw invalid(`ExpressionAttributeValues can only be specified when using expressions${expressions.length > 0 ? `: ${which}` : ''}`);
    }
    if (names) {
      const keys = Object.keys(names);
      checkKeys('ExpressionAttributeNames', keys, /^#\w+$/);
      this.names = names;
      this.nameCount = keys.length;
    }
    if (values) {
      const keys = Object.keys(values);
      checkKeys('ExpressionAttributeValues', keys, /^:\w+$/);
      this.values = valuesOf(values, keys);
    }
  }

  path(path: Path): Path {
    return path.map((part) => (typeof part === 'string' && part.startsWith('#') ? this.name(part) : part));
  }

  /** What a name placeholder stands for, undefined for one that is not given. */
  meaning(placeholder: string): unknown {
    return Object.hasOwn(this.names, placeholder) ? this.names[placeholder] : undefined;
  }

  private name(placeholder: string): string {
    const name = this.meaning(placeholder);
    if (typeof name !== 'string') {
      throw new ExpressionError(`An expression attribute name used in the document path is not defined; attribute name: ${placeholder}`);
    }
    return name;
  }

  /** Notes that an expression used these. */
  use(uses: Uses): void {
    for (const name of uses.values) {
      if (this.values.has(name)) continue;
      throw new ExpressionError(`An expression attribute value used in expression is not defined; attribute value: ${name}`);
    }
    this.used.push(uses);
  }

  /** To be called when every expression of the request was bound. */
  allUsed(): void {
    this.each('ExpressionAttributeNames', this.nameCount, 'names', () => Object.keys(this.names));
    this.each('ExpressionAttributeValues', this.values.size, 'values', () => [...this.values.keys()]);
  }

  private each(member: string, count: number, kind: keyof Uses, all: () => readonly string[]): void {
    if (count === 0 || (this.used.length === 1 && this.used[0]?.[kind].size === count)) return;
    const left = all().filter((name) => !this.used.some((uses) => uses[kind].has(name)));
    if (left.length > 0) throw invalid(`Value provided in ${member} unused in expressions: keys: {${left.join(', ')}}`);
  }
}
