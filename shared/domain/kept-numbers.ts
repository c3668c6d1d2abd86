/** DynamoDB keeps no magnitude below 1e-130, and its client none above 2^53 - 1. */
const isKept = (number: number): boolean => number === 0 || (Math.abs(number) >= 1e-130 && Math.abs(number) <= Number.MAX_SAFE_INTEGER);

/** Why a number is refused, for whoever sent it. */
export const UNKEPT = 'a number is 0, or its magnitude is from 1e-130 to 2^53 - 1; send any other as a text';

/** Where in a JSON value, below `path`, the first number stands that no table keeps as a number; undefined where there is none. */
export const unkeptIn = (value: unknown, path: string): string | undefined => {
  if (typeof value === 'number') return isKept(value) ? undefined : path;
  if (value === null || typeof value !== 'object') return undefined;
  for (const [name, member] of Object.entries(value)) {
    const found = unkeptIn(member, `${path}.${name}`);
    if (found) return found;
  }
  return undefined;
};
