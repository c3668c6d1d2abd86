import { refuse } from './invalid-pattern.ts';
import { tooComplex } from './wildcard-complexity.ts';

/** A literal character, or STAR for any run of characters. */
const STAR = null;
export type Token = string | typeof STAR;

/** AWS counts positions in UTF-8 bytes and includes the opening quote. */
const position = (text: string, index: number): number => Buffer.byteLength(text.slice(0, index)) + 1;

export const parseWildcard = (text: string): Token[] => {
  const tokens: Token[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    const next = text[i + 1];
    if (char === '*') {
      if (next === '*') refuse(`Consecutive wildcard characters at pos ${position(text, i)}`);
      tokens.push(STAR);
    } else if (char === '\\') {
      if (next !== '*' && next !== '\\') refuse(`Invalid escape character at pos ${position(text, i)}`);
      tokens.push(next as string);
      i += 1;
    } else tokens.push(char);
  }
  return tokens;
};

/** Greedy match with one point to go back to: linear in practice, quadratic at worst, never exponential. */
export const wildcardMatches = (tokens: readonly Token[], value: string): boolean => {
  let t = 0;
  let v = 0;
  let star = -1;
  let resume = 0;
  while (v < value.length) {
    if (t < tokens.length && tokens[t] === STAR) {
      star = t;
      resume = v;
      t += 1;
    } else if (t < tokens.length && tokens[t] === value[v]) {
      t += 1;
      v += 1;
    } else if (star >= 0) {
      resume += 1;
      v = resume;
      t = star + 1;
    } else return false;
  }
  while (t < tokens.length && tokens[t] === STAR) t += 1;
  return t === tokens.length;
};

/** Refuses a field whose wildcards AWS would find too expensive together. */
export const checkComplexity = (wildcards: readonly (readonly Token[])[]): void => {
  if (tooComplex(wildcards))
    refuse('Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character');
};
