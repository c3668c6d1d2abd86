/** DynamoDB keeps no magnitude below 1e-130, and its client none above 2^53 - 1. */
export const isKept = (number: number): boolean =>
  number === 0 || (Math.abs(number) >= 1e-130 && Math.abs(number) <= Number.MAX_SAFE_INTEGER);

/** Why a number is refused, for whoever sent it. */
export const UNKEPT = 'a number is 0, or its magnitude is from 1e-130 to 2^53 - 1; send any other as a text';

/** Where in a JSON value, below `path`, the first number stands that is none of these; undefined where there is none. */
export const firstNumberNot = (isFine: (number: number) => boolean, value: unknown, path: string): string | undefined => {
  if (typeof value === 'number') return isFine(value) ? undefined : path;
  if (value === null || typeof value !== 'object') return undefined;
  for (const [name, member] of Object.entries(value)) {
    const found = firstNumberNot(isFine, member, path === '' ? name : `${path}.${name}`);
    if (found) return found;
  }
  return undefined;
};
