/** JSON in which no object has a key twice: JSON.parse keeps the last one and says nothing. */

/** Thrown by `parseStrictly` beside JSON.parse's SyntaxError. */
export class RepeatedKey extends Error {
  constructor(readonly key: string) {
    super(`Duplicate field '${key}'`);
  }
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** The first key that an object of this sound JSON has twice. */
const repeatedKey = (text: string): string | undefined => {
  const open: (Set<string> | undefined)[] = [];
  let last = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      const key = JSON.parse(last) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
    last = token;
  }
  return undefined;
};

/** Throws SyntaxError where it is no JSON, and RepeatedKey. */
export const parseStrictly = (text: string): unknown => {
  const value: unknown = JSON.parse(text);
  const key = repeatedKey(text);
  if (key !== undefined) throw new RepeatedKey(key);
  return value;
};
