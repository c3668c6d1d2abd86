/** A JSON Schema of draft 4, as AWS::ApiGateway::Model holds one. */
export type Schema = Readonly<Record<string, unknown>>;

type Check = (schema: Schema, value: unknown, root: Schema) => string[];

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
};

const compiled = new Map<string, RegExp>();
const regex = (pattern: string): RegExp => {
  const known = compiled.get(pattern) ?? new RegExp(pattern);
  compiled.set(pattern, known);
  return known;
};

const said = (value: unknown): string => JSON.stringify(value);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
/** Length as characters, not UTF-16 units. */
const lengthOf = (text: string): number => [...text].length;

const type: Check = ({ type: wanted }, value) => {
  if (wanted === undefined) return [];
  const allowed = [wanted].flat().map(String);
  const given = typeOf(value);
  if (allowed.includes(given) || (given === 'integer' && allowed.includes('number'))) return [];
  return [`instance type (${given}) does not match any allowed primitive type (allowed: ${said(allowed.sort())})`];
};

const enumeration: Check = ({ enum: values }, value) =>
  !Array.isArray(values) || values.some((each) => said(each) === said(value))
    ? []
    : [`instance value (${said(value)}) not found in enum (possible values: ${said(values)})`];

const numbers: Check = ({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }, value) => {
  if (typeof value !== 'number') return [];
  const found: string[] = [];
  if (typeof maximum === 'number' && (value > maximum || (exclusiveMaximum === true && value === maximum)))
    found.push(`numeric value is greater than the required maximum (maximum: ${maximum}, found: ${value})`);
  if (typeof minimum === 'number' && (value < minimum || (exclusiveMinimum === true && value === minimum)))
    found.push(`numeric instance is lower than the required minimum (minimum: ${minimum}, found: ${value})`);
  if (typeof multipleOf === 'number' && !Number.isInteger(value / multipleOf))
    found.push(`remainder of division is not zero (${value} / ${multipleOf})`);
  return found;
};

const FORMATS: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/,
  email: /^[^@\s]+@[^@\s]+$/,
  ipv4: /^\d{1,3}(?:\.\d{1,3}){3}$/,
  uri: /^[a-z][a-z0-9+.-]*:/i,
};

const strings: Check = ({ minLength, maxLength, pattern, format }, value) => {
  if (typeof value !== 'string') return [];
  const found: string[] = [];
  const length = lengthOf(value);
  if (typeof maxLength === 'number' && length > maxLength)
    found.push(`string "${value}" is too long (length: ${length}, maximum allowed: ${maxLength})`);
  if (typeof minLength === 'number' && length < minLength)
    found.push(`string "${value}" is too short (length: ${length}, required minimum: ${minLength})`);
  if (typeof pattern === 'string' && !regex(pattern).test(value))
    found.push(`ECMA 262 regex "${pattern}" does not match input string "${value}"`);
  const shape = FORMATS[String(format)];
  if (shape && !shape.test(value)) found.push(`string "${value}" is invalid against requested format ${String(format)}`);
  return found;
};

const arrays: Check = ({ items, additionalItems, minItems, maxItems, uniqueItems }, value, root) => {
  if (!Array.isArray(value)) return [];
  const found: string[] = [];
  if (typeof maxItems === 'number' && value.length > maxItems)
    found.push(`array is too long: must have at most ${maxItems} elements but instance has ${value.length} elements`);
  if (typeof minItems === 'number' && value.length < minItems)
    found.push(`array is too short: must have at least ${minItems} elements but instance has ${value.length} elements`);
  if (uniqueItems === true && new Set(value.map(said)).size < value.length) found.push('array must not contain duplicate elements');
  const schemaAt = (index: number): unknown => (Array.isArray(items) ? (items[index] ?? additionalItems) : items);
  return [...found, ...value.flatMap((item, index) => check(schemaAt(index), item, root))];
};

const unlisted = ({ properties, patternProperties }: Schema, value: object): string[] => {
  const patterns = Object.keys((patternProperties ?? {}) as object).map(regex);
  const known = (properties ?? {}) as object;
  return Object.keys(value).filter((name) => !Object.hasOwn(known, name) && !patterns.some((pattern) => pattern.test(name)));
};

const members: Check = (schema, value, root) => {
  if (!isObject(value)) return [];
  const { properties = {}, patternProperties = {}, additionalProperties, required, minProperties, maxProperties } = schema;
  const count = Object.keys(value).length;
  const missing = list(required)
    .map(String)
    .filter((name) => !Object.hasOwn(value, name));
  const extra = unlisted(schema, value);
  return [
    ...(missing.length > 0 ? [`object has missing required properties (${said(missing.sort())})`] : []),
    ...(additionalProperties === false && extra.length > 0
      ? [`object instance has properties which are not allowed by the schema: ${said(extra.sort())}`]
      : []),
    ...(typeof minProperties === 'number' && count < minProperties
      ? [`object has too few properties (${count}, minimum ${minProperties})`]
      : []),
    ...(typeof maxProperties === 'number' && count > maxProperties
      ? [`object has too many properties (${count}, maximum ${maxProperties})`]
      : []),
    ...Object.entries(properties as object).flatMap(([name, below]) => (Object.hasOwn(value, name) ? check(below, value[name], root) : [])),
    ...Object.entries(patternProperties as object).flatMap(([pattern, below]) =>
      Object.entries(value).flatMap(([name, item]) => (regex(pattern).test(name) ? check(below, item, root) : [])),
    ),
    ...(isObject(additionalProperties) ? extra.flatMap((name) => check(additionalProperties, value[name], root)) : []),
  ];
};

const combined: Check = ({ allOf, anyOf, oneOf, not }, value, root) => {
  const fitting = (schemas: unknown): number => list(schemas).filter((each) => check(each, value, root).length === 0).length;
  const found: string[] = [];
  const all = list(allOf).length;
  if (fitting(allOf) < all) found.push(`instance failed to match all required schemas (matched only ${fitting(allOf)} out of ${all})`);
  if (anyOf !== undefined && fitting(anyOf) === 0)
    found.push(`instance failed to match at least one required schema among ${list(anyOf).length}`);
  if (oneOf !== undefined && fitting(oneOf) !== 1)
    found.push(`instance failed to match exactly one schema (matched ${fitting(oneOf)} out of ${list(oneOf).length})`);
  if (not !== undefined && check(not, value, root).length === 0) found.push('instance matched a schema which it should not have');
  return found;
};

const referred = (reference: string, root: Schema): unknown =>
  reference
    .replace(/^#\/?/, '')
    .split('/')
    .filter(Boolean)
    .reduce<unknown>((node, name) => (isObject(node) ? node[name.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined), root);

const CHECKS: readonly Check[] = [type, enumeration, numbers, strings, arrays, members, combined];

const check = (schema: unknown, value: unknown, root: Schema): string[] => {
  if (!isObject(schema)) return [];
  const { $ref } = schema;
  if (typeof $ref === 'string') return check(referred($ref, root), value, root);
  return CHECKS.flatMap((each) => each(schema, value, root));
};

/** What is wrong with a value, in the words of the validator that API Gateway uses; they do not say where. */
export const violations = (schema: Schema, value: unknown): string[] => check(schema, value, schema);
