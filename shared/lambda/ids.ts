import { createHash } from 'node:crypto';
import { ulid } from 'ulid';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A ULID of `time` (ms) whose random part is drawn from `seed`, so the same event is given the same id on every delivery. */
export const ulidOf = (time: number, seed: string): string => {
  const bytes = createHash('sha256').update(seed).digest();
  let next = 0;
  return ulid(time, () => (bytes[next++ % bytes.length] ?? 0) / 256);
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
