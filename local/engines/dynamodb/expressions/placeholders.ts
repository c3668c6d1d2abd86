import { AwsError } from '../../../kernel/aws-error.ts';
import { invalid } from '../faults.ts';
import type { AttributeValue } from '../values/attribute.ts';
import { normaliseValue } from '../values/normalise.ts';
import type { Path } from './syntax.ts';
import { ExpressionError } from './tokens.ts';

type Given = Readonly<Record<string, unknown>>;

const given = (input: Given, member: string): Given | undefined => {
  const value = input[member];
  return value === undefined || value === null ? undefined : (value as Given);
};

const checkKeys = (member: string, values: Given, key: RegExp): void => {
  const names = Object.keys(values);
  if (names.length === 0) throw invalid(`${member} must not be empty`);
  const bad = names.find((name) => !key.test(name));
  if (bad !== undefined) throw invalid(`${member} contains invalid key: Syntax error; key: "${bad}"`);
};

const valuesOf = (values: Given): Map<string, AttributeValue> => {
  const normalised = new Map<string, AttributeValue>();
  for (const [name, value] of Object.entries(values)) {
    try {
      normalised.set(name, normaliseValue(value));
    } catch (error) {
      if (!(error instanceof AwsError) || error.name !== 'ValidationException') throw error;
      throw invalid(`ExpressionAttributeValues contains invalid value: ${error.message} for key ${name}`);
    }
  }
  return normalised;
};

/** The `#names` and `:values` of one request: what they stand for, and which of them no expression used. */
export class Placeholders {
  private readonly names: Given;
  private readonly values: Map<string, AttributeValue>;
  private readonly unusedNames: Set<string>;
  private readonly unusedValues: Set<string>;

  /** `expressions` are the members of the request that may use values, `others` those that use names only. */
  constructor(input: Given, expressions: readonly string[], others: readonly string[] = []) {
    const names = given(input, 'ExpressionAttributeNames');
    const values = given(input, 'ExpressionAttributeValues');
    const has = (member: string): boolean => given(input, member) !== undefined;
    if (names && ![...expressions, ...others].some(has))
      throw invalid('ExpressionAttributeNames can only be specified when using expressions');
    if (values && !expressions.some(has)) {
      const which = `${expressions.join(' and ')} ${expressions.length > 1 ? 'are' : 'is'} null`;
      throw invalid(`ExpressionAttributeValues can only be specified when using expressions${expressions.length > 0 ? `: ${which}` : ''}`);
    }
    if (names) checkKeys('ExpressionAttributeNames', names, /^#\w+$/);
    if (values) checkKeys('ExpressionAttributeValues', values, /^:\w+$/);
    this.names = names ?? {};
    this.values = values ? valuesOf(values) : new Map();
    this.unusedNames = new Set(Object.keys(this.names));
    this.unusedValues = new Set(this.values.keys());
  }

  path(path: Path): Path {
    return path.map((part) => (typeof part === 'string' && part.startsWith('#') ? this.name(part) : part));
  }

  private name(placeholder: string): string {
    const name = Object.hasOwn(this.names, placeholder) ? this.names[placeholder] : undefined;
    if (typeof name !== 'string') {
      throw new ExpressionError(`An expression attribute name used in the document path is not defined; attribute name: ${placeholder}`);
    }
    this.unusedNames.delete(placeholder);
    return name;
  }

  value(placeholder: string): AttributeValue {
    const value = this.values.get(placeholder);
    if (!value) {
      throw new ExpressionError(`An expression attribute value used in expression is not defined; attribute value: ${placeholder}`);
    }
    this.unusedValues.delete(placeholder);
    return value;
  }

  /** To be called when every expression of the request was bound. */
  allUsed(): void {
    const unused = (member: string, left: Set<string>): void => {
      if (left.size > 0) throw invalid(`Value provided in ${member} unused in expressions: keys: {${[...left].join(', ')}}`);
    };
    unused('ExpressionAttributeNames', this.unusedNames);
    unused('ExpressionAttributeValues', this.unusedValues);
  }
}
