/** Numbers EventBridge compares lie within ±5e11 and have at most six decimals; all others only match themselves literally. */
const LIMIT = 5e11;
const MILLION = 1e6;
/** Below it a number times a million is an integer that a double holds exactly. */
const SURE = 9e9;

const decimals = (n: number): number => {
  const [mantissa = '', exponent = '0'] = String(Math.abs(n)).split('e');
  return Math.max(0, (mantissa.split('.')[1] ?? '').length - Number(exponent));
};

/** A double that is the nearest one to a count of millionths is written with six decimals or fewer; the text need not be made. */
const hasSixDecimals = (n: number): boolean =>
  n > -SURE && n < SURE ? Math.round(n * MILLION) / MILLION === n : Number.isInteger(n) || decimals(n) <= 6;

export const isComparable = (n: number): boolean => n >= -LIMIT && n <= LIMIT && hasSixDecimals(n);
