/** `word` a bare name or keyword, `name` a `#x`, `value` a `:x`, `digits` a list position, `mark` an operator or punctuation. */
export interface Token {
  readonly kind: 'word' | 'name' | 'value' | 'digits' | 'mark' | 'end';
  readonly text: string;
  readonly at: number;
}

const TOKEN = /[ \t\r\n]*(?:([A-Za-z_]\w*)|(#\w+)|(:\w+)|(\d+)|(<>|<=|>=|[=<>(),.[\]+-]))/y;
const KINDS = ['word', 'name', 'value', 'digits', 'mark'] as const;

/** An expression that does not follow the grammar; the caller adds which expression it was. */
export class ExpressionError extends Error {}

export const syntaxError = (token: string, near: string): ExpressionError =>
  new ExpressionError(`Syntax error; token: "${token}", near: "${near}"`);

export const tokenize = (source: string): readonly Token[] => {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  for (;;) {
    const match = TOKEN.exec(source);
    if (!match) break;
    const group = match.slice(1).findIndex((text) => text !== undefined);
    const text = match[group + 1] as string;
    tokens.push({ kind: KINDS[group] as Token['kind'], text, at: TOKEN.lastIndex - text.length });
    at = TOKEN.lastIndex;
  }
  const rest = source.slice(at).trim();
  if (rest !== '') throw syntaxError(rest.slice(0, 1), source.slice(tokens.at(-1)?.at ?? 0, source.indexOf(rest, at) + 2));
  tokens.push({ kind: 'end', text: '<EOF>', at: source.length });
  return tokens;
};
