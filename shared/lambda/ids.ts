import { createHash } from 'node:crypto';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The id of an event (and of the incident which it opens): 26 characters of Crockford's base32 drawn from its key alone, the same on every delivery. */
export const nodeOf = (key: string): string => {
  const bits = BigInt(`0x${sha256(key)}`);
  return Array.from({ length: 26 }, (_, place) => BASE32[Number((bits >> BigInt(place * 5)) & 31n)]).join('');
};

/** JSON with sorted keys: what is hashed must not depend on who built the object. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`);
  return `{${members.join(',')}}`;
};

export const iso = (ms: number): string => new Date(ms).toISOString();
