import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/**
 * The document client's marshalling, for the short circuit: the same result as the SDK's (a test holds them together), at a
 * fraction of its time. What is rare (sets, maps, binaries, big numbers) is left to the SDK's own functions.
 */

/** As the document client is made in clients.ts, which writes into what it is given. */
export const MARSHALLING = Object.freeze({ removeUndefinedValues: true });

const byTheSdk = (data: unknown): AttributeValue =>
  marshall(data as string, { ...MARSHALLING, convertTopLevelContainer: true }) as unknown as AttributeValue;

const kept = (value: unknown): boolean => value !== undefined && typeof value !== 'function';

const listOf = (items: readonly unknown[]): AttributeValue => {
  const L: AttributeValue[] = [];
  for (const item of items) if (kept(item)) L.push(toAttribute(item));
  return { L };
};

const mapOf = (data: Readonly<Record<string, unknown>>): AttributeValue => {
  const M: Record<string, AttributeValue> = {};
  for (const key in data) {
    const value = data[key];
    if (kept(value)) M[key] = toAttribute(value);
  }
  return { M };
};

export const toAttribute = (data: unknown): AttributeValue => {
  if (typeof data === 'string') return { S: data };
  if (typeof data === 'number' && Math.abs(data) <= Number.MAX_SAFE_INTEGER) return { N: String(data) };
  if (typeof data === 'boolean') return { BOOL: data };
  if (data === null) return { NULL: true };
  if (Array.isArray(data)) return listOf(data);
  if (typeof data === 'object' && data.constructor === Object) return mapOf(data as Record<string, unknown>);
  return byTheSdk(data);
};

const numberOf = (text: string): number | undefined => {
  const number = Number(text);
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : undefined;
};

const recordOf = (map: Readonly<Record<string, AttributeValue>>): Record<string, unknown> => {
  const made: Record<string, unknown> = {};
  for (const name in map) made[name] = toNative(map[name] as AttributeValue);
  return made;
};

/** Undefined where the SDK's own function must do it. */
const plain = ({ S, N, M, L, BOOL, NULL }: Partial<Record<string, never>>): unknown => {
  if (S !== undefined) return S;
  if (N !== undefined) return numberOf(N);
  if (M !== undefined) return recordOf(M);
  if (L !== undefined) return (L as AttributeValue[]).map(toNative);
  if (BOOL !== undefined) return Boolean(BOOL);
  return NULL === undefined ? undefined : null;
};

export const toNative = (attribute: AttributeValue): unknown => {
  const value = plain(attribute as unknown as Partial<Record<string, never>>);
  return value === undefined ? unmarshall(attribute as never, { convertWithoutMapWrapper: true }) : value;
};

/** Where a command's input or output holds documents, as lib-dynamodb writes it: null is a value, no keys are all children, `*` is each. */
export type KeyNodes = { readonly [name: string]: KeyNodes } | readonly never[] | null;
type Convert = (value: never) => unknown;
type Walk = (value: unknown) => unknown;

const eachOf = (one: Walk, keepUndefined: boolean): Walk => {
  return (value) => {
    if (Array.isArray(value)) {
      const items = keepUndefined ? value : value.filter((item) => typeof item !== 'function');
      return items.map((item) => (item === undefined ? undefined : one(item)));
    }
    const made: Record<string, unknown> = {};
    for (const key of Object.keys((value ?? {}) as object)) {
      const child = (value as Record<string, unknown>)[key];
      if (typeof child === 'function') continue;
      const done = child === undefined ? undefined : one(child);
      if (done !== undefined || keepUndefined) made[key] = done;
    }
    return made;
  };
};

const keyedBy = (nodes: readonly (readonly [string, Walk])[]): Walk => {
  return (value) => {
    if (Array.isArray(value)) return value.filter((item) => typeof item !== 'function');
    const made: Record<string, unknown> = {};
    for (const key of Object.keys(value as object)) {
      const child = (value as Record<string, unknown>)[key];
      if (typeof child !== 'function') made[key] = child;
    }
    for (const [key, walk] of nodes) if (made[key] !== undefined) made[key] = walk(made[key]);
    return made;
  };
};

/** Compiles a command's map of documents once; converts those and copies the rest. */
export const walker = (nodes: KeyNodes, convert: Convert): Walk => {
  if (nodes === null) return convert as Walk;
  const keys = Object.keys(nodes);
  if (keys.length === 0) return eachOf(convert as Walk, false);
  const under = (key: string): Walk => walker((nodes as Record<string, KeyNodes>)[key] as KeyNodes, convert);
  return keys.length === 1 && keys[0] === '*' ? eachOf(under('*'), true) : keyedBy(keys.map((key) => [key, under(key)] as const));
};
