import type { Operand, Path } from './syntax.ts';
import { ExpressionError, syntaxError, type Token, tokenize } from './tokens.ts';

/** The condition grammar's own words, which no path may hold bare. */
const KEYWORDS: ReadonlySet<string> = new Set(['AND', 'OR', 'NOT', 'BETWEEN', 'IN']);

const END: Token = { kind: 'end', text: '<EOF>', at: 0 };

/** Walks the tokens of one expression and reads what all grammars share. */
export class Cursor {
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(private readonly source: string) {
    this.tokens = tokenize(source);
    if (this.tokens.length === 1) throw new ExpressionError('The expression can not be empty;');
  }

  peek(ahead = 0): Token {
    return this.tokens[this.at + ahead] ?? END;
  }

  next(): Token {
    const token = this.peek();
    this.at += 1;
    return token;
  }

  /** Whether the next token is this mark or keyword; takes it if so. */
  takes(text: string): boolean {
    if (!this.sees(text)) return false;
    this.at += 1;
    return true;
  }

  sees(text: string): boolean {
    const token = this.peek();
    if (token.kind === 'mark') return token.text === text;
    return token.kind === 'word' && token.text.toUpperCase() === text;
  }

  expect(text: string): void {
    if (!this.takes(text)) throw this.unexpected();
  }

  end(): void {
    if (this.peek().kind !== 'end') throw this.unexpected();
  }

  unexpected(): ExpressionError {
    const bad = this.peek();
    const before = this.tokens[this.at - 1] ?? bad;
    const after = this.tokens[this.at + 1] ?? bad;
    return syntaxError(bad.text, this.source.slice(before.at, after.kind === 'end' ? undefined : after.at + after.text.length).trim());
  }

  path(): Path {
    const path: (string | number)[] = [this.name()];
    for (;;) {
      if (this.takes('.')) path.push(this.name());
      else if (this.takes('[')) {
        if (this.peek().kind !== 'digits') throw this.unexpected();
        path.push(Number(this.next().text));
        this.expect(']');
      } else return path;
    }
  }

  private name(): string {
    const { kind, text } = this.peek();
    const allowed = kind === 'name' || (kind === 'word' && !KEYWORDS.has(text.toUpperCase()));
    if (!allowed) throw this.unexpected();
    return this.next().text;
  }

  /** A path, a `:value` or a function of operands. */
  operand(): Operand {
    if (this.peek().kind === 'value') return { kind: 'value', name: this.next().text };
    if (this.peek().kind === 'word' && this.peek(1).text === '(') return this.call();
    return { kind: 'path', path: this.path() };
  }

  private call(): Operand {
    const name = this.next().text;
    this.expect('(');
    const args = [this.argument()];
    while (this.takes(',')) args.push(this.argument());
    this.expect(')');
    return { kind: 'call', name, args };
  }

  private argument(): Operand {
    if (!this.takes('(')) return this.operand();
    const inner = this.operand();
    this.expect(')');
    return inner;
  }

  value(): string {
    if (this.peek().kind !== 'value') throw this.unexpected();
    return this.next().text;
  }
}
