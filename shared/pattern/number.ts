/** Numbers EventBridge compares lie within ±5e11 and have at most six decimals; all others only match themselves literally. */
const LIMIT = 5e11;

const decimals = (n: number): number => {
  const [mantissa = '', exponent = '0'] = String(Math.abs(n)).split('e');
  return Math.max(0, (mantissa.split('.')[1] ?? '').length - Number(exponent));
};

export const isComparable = (n: number): boolean => n >= -LIMIT && n <= LIMIT && (Number.isInteger(n) || decimals(n) <= 6);
