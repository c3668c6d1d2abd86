import { addressDigits } from './address.ts';
import { refuse } from './invalid-pattern.ts';
import type { Term } from './term.ts';

/** The highest address of the block: all bits after the mask set. The lowest stays as written, as AWS keeps it. */
const top = (digits: string, mask: number): string => {
  const width = digits.length * 4;
  const host = (1n << BigInt(width - mask)) - 1n;
  return (BigInt(`0x${digits}`) | host).toString(16).toUpperCase().padStart(digits.length, '0');
};

const maskBits = (text: string): number => {
  if (!/^[+-]?\d+$/.test(text)) refuse('Malformed CIDR, mask bits must be an integer');
  const bits = Number(text);
  return bits < 0 ? refuse('Malformed CIDR, mask bits must not be negative') : bits;
};

/** `cidr`: AWS takes IPv4 masks up to 31 and IPv6 masks up to 127, not single addresses. */
export const cidr = (value: unknown): Term => {
  if (typeof value !== 'string') return refuse('prefix match pattern must be a string');
  const parts = value.replace(/\/+$/, '').split('/');
  if (parts.length !== 2) refuse("Malformed CIDR, one '/' required");
  const [address = '', mask = ''] = parts;
  const bits = maskBits(mask);
  const low = addressDigits(address) ?? refuse(`Nonstandard IP address: ${address}`);
  if (low.length === 8 && bits > 31) refuse('IPv4 mask bits must be < 32');
  if (bits > 127) refuse('IPv6 mask bits must be < 128');
  return { kind: 'cidr', low, high: top(low, bits) };
};
