import { addressDigits } from '../address.ts';
import type { Scalar } from '../term.ts';
import { lower } from '../value.ts';

/** One way to read a key off a value of an event; two values that could fit one condition read alike. */
export interface Probe {
  /** Probes of one name read alike. */
  readonly name: string;
  /** Whether it reads one key off every value that has one: then it tells nothing apart. */
  readonly blunt: boolean;
  read(value: Scalar): Scalar | undefined;
}

const sharp = (name: string, read: Probe['read']): Probe => ({ name, blunt: false, read });
const blunt = (name: string, has: (value: Scalar) => boolean): Probe => ({
  name,
  blunt: true,
  read: (value) => (has(value) ? true : undefined),
});

const ofText =
  (read: (text: string) => string | undefined): Probe['read'] =>
  (value) =>
    typeof value === 'string' ? read(value) : undefined;

const first = (length: number) => (text: string) => (text.length < length ? undefined : text.slice(0, length));
const last = (length: number) => (text: string) => (text.length < length ? undefined : text.slice(text.length - length));

export const EXACT = sharp('exact', (value) => value);
export const FOLDED = sharp('folded', ofText(lower));
export const TEXT = blunt('text', (value) => typeof value === 'string');
export const NUMBER = blunt('number', (value) => typeof value === 'number');
export const PRESENT = blunt('present', () => true);

export const prefix = (length: number): Probe => sharp(`prefix ${length}`, ofText(first(length)));
export const suffix = (length: number): Probe => sharp(`suffix ${length}`, ofText(last(length)));
export const foldedPrefix = (length: number): Probe =>
  sharp(
    `folded prefix ${length}`,
    ofText((text) => first(length)(lower(text))),
  );
export const foldedSuffix = (length: number): Probe =>
  sharp(
    `folded suffix ${length}`,
    ofText((text) => last(length)(lower(text))),
  );

/** Leading digits of an address, or of a number's own text: AWS lets a number lie inside a block. */
export const digits = (length: number): Probe =>
  sharp(`digits ${length}`, (value) => {
    const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? addressDigits(value) : undefined;
    return text === undefined ? undefined : first(length)(text);
  });

/** The cell of a grid with cells as wide as a power of two, so that no rounding puts a number into its neighbour. */
export const grid = (exponent: number): Probe => {
  const width = 2 ** exponent;
  return sharp(`grid ${exponent}`, (value) => (typeof value === 'number' ? Math.floor(value / width) : undefined));
};
