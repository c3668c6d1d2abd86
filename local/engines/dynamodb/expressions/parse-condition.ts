import { Cursor } from './cursor.ts';
import { checkCondition } from './static-checks.ts';
import { CONDITION_FUNCTIONS, type Comparator, type Condition, type Operand } from './syntax.ts';
import { ExpressionError } from './tokens.ts';

/** While reading, a bracket may hold an operand or a condition; what follows it decides. */
type Node = Operand | Condition;

const COMPARATORS: ReadonlySet<string> = new Set<Comparator>(['=', '<>', '<', '<=', '>', '>=']);

const isOperand = (node: Node): node is Operand => node.kind === 'path' || node.kind === 'value' || node.kind === 'call';
const isCondition = (node: Node): node is Condition => node.kind !== 'path' && node.kind !== 'value';

class ConditionParser {
  private redundant = false;

  constructor(private readonly cursor: Cursor) {}

  whole(): Condition {
    const condition = this.condition(this.or());
    this.cursor.end();
    if (this.redundant) throw new ExpressionError('The expression has redundant parentheses;');
    return condition;
  }

  private condition(node: Node): Condition {
    if (!isCondition(node)) throw this.cursor.unexpected();
    return node;
  }

  private operand(node: Node): Operand {
    if (!isOperand(node)) throw this.cursor.unexpected();
    return node;
  }

  private or(): Node {
    let left = this.and();
    while (this.cursor.takes('OR')) left = { kind: 'or', left: this.condition(left), right: this.condition(this.and()) };
    return left;
  }

  private and(): Node {
    let left = this.not();
    while (this.cursor.takes('AND')) left = { kind: 'and', left: this.condition(left), right: this.condition(this.not()) };
    return left;
  }

  private not(): Node {
    if (this.cursor.takes('NOT')) return { kind: 'not', inner: this.condition(this.not()) };
    return this.predicate();
  }

  private predicate(): Node {
    const first = this.primary();
    const { kind, text } = this.cursor.peek();
    if (kind === 'mark' && COMPARATORS.has(text)) {
      const left = this.operand(first);
      this.cursor.next();
      return { kind: 'compare', operator: text as Comparator, left, right: this.operand(this.primary()) };
    }
    if (this.cursor.takes('BETWEEN')) {
      const value = this.operand(first);
      const low = this.operand(this.primary());
      this.cursor.expect('AND');
      return { kind: 'between', value, low, high: this.operand(this.primary()) };
    }
    if (this.cursor.takes('IN')) return { kind: 'in', value: this.operand(first), list: this.list() };
    return first;
  }

  private list(): Operand[] {
    this.cursor.expect('(');
    const list = [this.operand(this.primary())];
    while (this.cursor.takes(',')) list.push(this.operand(this.primary()));
    this.cursor.expect(')');
    return list;
  }

  private primary(): Node {
    if (!this.cursor.takes('(')) return this.cursor.operand();
    const doubled = this.cursor.sees('(');
    const inner = this.or();
    // `((x))`: the inner bracket spans all that the outer holds.
    if (doubled && this.lastBracket === inner) this.redundant = true;
    this.cursor.expect(')');
    this.lastBracket = inner;
    return inner;
  }

  private lastBracket: Node | undefined;
}

/** Reads a ConditionExpression, FilterExpression or KeyConditionExpression. */
export const parseCondition = (source: string): Condition =>
  checkCondition(new ConditionParser(new Cursor(source)).whole(), CONDITION_FUNCTIONS);
