import { base64Of } from './binary.ts';

const PRIME = 0x01000193;

/** FNV-1a, going on from `sum`. */
const textSum = (text: string, sum: number): number => {
  let value = sum;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), PRIME);
  return value;
};

const mapSum = (value: Readonly<Record<string, unknown>>): number => {
  let total = 1;
  for (const name of Object.keys(value)) {
    const child = value[name];
    // Members add up, so their order does not matter; absent and null are the same.
    if (child !== undefined && child !== null) total = (total + Math.imul(textSum(name, sumOf(child)), PRIME)) | 0;
  }
  return total;
};

const sumOf = (value: unknown): number => {
  if (typeof value === 'string') return textSum(value, 2);
  if (typeof value !== 'object' || value === null) return textSum(String(value), 3);
  if (value instanceof Uint8Array) return textSum(base64Of(value), 2);
  if (Array.isArray(value)) return value.reduce((sum: number, child) => Math.imul(sum ^ sumOf(child), PRIME), 4);
  return Math.imul(mapSum(value as Record<string, unknown>), PRIME);
};

/** Equal for requests that ask for the same, whatever the order of their members; of others one in four thousand million. */
export const digestOf = (value: unknown): number => sumOf(value) >>> 0;
