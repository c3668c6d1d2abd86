import { invalid } from '../faults.ts';

/** DynamoDB's numbers: 38 significant digits, magnitudes 1E-130 to 9.99E+125, exact. Held as canonical decimal text. */
interface Decimal {
  readonly negative: boolean;
  /** Significant digits without zeros at either end; empty for zero. */
  readonly digits: string;
  /** Power of ten of the first digit. */
  readonly exponent: number;
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
/** Canonical as it stands: coordinates and amounts look like this. */
const FRACTION = /^-?(?:0|[1-9]\d{0,8})\.\d{0,14}[1-9]$/;
const PLAIN = /^(?:0|-?[1-9]\d{0,14})$/;

const decimalOf = (text: string): Decimal => {
  const match = NUMBER.exec(text);
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (!match || whole + fraction === '') {
    throw invalid(`The parameter cannot be converted to a numeric value${text === '' ? '' : `: ${text}`}`);
  }
  const all = whole + fraction;
  const digits = all.replace(/^0+/, '');
  const exponent = Number(match[4] ?? 0) + whole.length - 1 - (all.length - digits.length);
  return { negative: match[1] === '-' && digits !== '', digits: digits.replace(/0+$/, ''), exponent };
};

const textOf = ({ negative, digits, exponent }: Decimal): string => {
  if (digits === '') return '0';
  if (exponent > 125) throw invalid('Number overflow. Attempting to store a number with magnitude larger than supported range');
  if (exponent < -130) throw invalid('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  if (digits.length > 38) throw invalid('Attempting to store more than 38 significant digits in a Number');
  const point = exponent + 1;
  const plain =
    point <= 0
      ? `0.${'0'.repeat(-point)}${digits}`
      : point >= digits.length
        ? digits.padEnd(point, '0')
        : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return negative ? `-${plain}` : plain;
};

/** `1.50`, `15E-1` and `+1.5` are one number, `1.5`. */
export const canonicalNumber = (text: string): string => (PLAIN.test(text) || FRACTION.test(text) ? text : textOf(decimalOf(text)));

const complement = (digits: string): string => digits.replace(/\d/g, (digit) => String(9 - Number(digit)));

/** The significant digits of a plain integer: it has no zeros in front. */
const significant = (text: string, from: number): number => {
  let end = text.length;
  while (end > from + 1 && text.charCodeAt(end - 1) === 0x30) end -= 1;
  return end - from;
};

/** Text that sorts, code unit by code unit, as the number does. */
export const numberOrder = (text: string): string => {
  if (text === '0') return '1';
  if (PLAIN.test(text) && !text.startsWith('-')) return `2${String(499 + text.length)}${text.slice(0, significant(text, 0))}`;
  const { negative, digits, exponent } = decimalOf(text);
  if (digits === '') return '1';
  return negative ? `0${String(499 - exponent).padStart(3, '0')}${complement(digits)}~` : `2${String(exponent + 500)}${digits}`;
};

export const compareNumbers = (a: string, b: string): number => {
  if (a === b) return 0;
  if (PLAIN.test(a) && PLAIN.test(b)) return Number(a) - Number(b);
  return numberOrder(a) < numberOrder(b) ? -1 : 1;
};

/** The number as an integer times ten to the power of `scale`. */
const scaled = ({ negative, digits, exponent }: Decimal): { coefficient: bigint; scale: number } => ({
  coefficient: BigInt(`${negative ? '-' : ''}${digits === '' ? '0' : digits}`),
  scale: exponent - digits.length + 1,
});

/** Exact; a sum of more than 38 digits is refused as DynamoDB refuses it. */
export const addNumbers = (a: string, b: string): string => {
  if (PLAIN.test(a) && PLAIN.test(b)) return canonicalNumber(String(Number(a) + Number(b)));
  const [x, y] = [scaled(decimalOf(a)), scaled(decimalOf(b))];
  const scale = Math.min(x.scale, y.scale);
  const sum = x.coefficient * 10n ** BigInt(x.scale - scale) + y.coefficient * 10n ** BigInt(y.scale - scale);
  return canonicalNumber(`${sum}e${scale}`);
};

export const subtractNumbers = (a: string, b: string): string => addNumbers(a, b.startsWith('-') ? b.slice(1) : b === '0' ? b : `-${b}`);

const sizeOf = (digits: number, exponent: number, sign: number): number =>
  digits === 0 ? 1 : 1 + Math.ceil((digits + (exponent % 2 === 0 ? 1 : 0)) / 2) + sign;

const plainSize = (text: string, sign: number): number =>
  text === '0' ? 1 : sizeOf(significant(text, sign), text.length - sign - 1, sign);

const fractionSize = (text: string, sign: number): number => {
  const point = text.indexOf('.');
  if (text.charCodeAt(sign) !== 0x30) return sizeOf(text.length - sign - 1, point - sign - 1, sign);
  let first = point + 1;
  while (text.charCodeAt(first) === 0x30) first += 1;
  return sizeOf(text.length - first, point - first, sign);
};

/** Bytes that a number takes: one, one for each pair of digits counted from the decimal point, one for a minus sign. */
export const numberSize = (text: string): number => {
  const sign = text.charCodeAt(0) === 0x2d ? 1 : 0;
  if (PLAIN.test(text)) return plainSize(text, sign);
  if (FRACTION.test(text)) return fractionSize(text, sign);
  const { digits, exponent, negative } = decimalOf(text);
  return sizeOf(digits.length, exponent, negative ? 1 : 0);
};
