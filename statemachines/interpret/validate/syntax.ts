import { parseExpression } from '../expression.ts';

/** What an expression says, read off its syntax tree. */

interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly position?: number;
  readonly [member: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

const partsOf = (node: Node): Node[] => Object.values(node).filter(isNode);

const allOf = (node: Node): Node[] => [node, ...partsOf(node).flatMap(allOf)];

const positionOf = (node: unknown): number | undefined =>
  isNode(node) ? allOf(node).find(({ position }) => position)?.position : undefined;

const stepsOf = (node: Node): Node[] => (Array.isArray(node['steps']) ? (node['steps'] as Node[]) : []);

/** Operators that came after JSONata 2.0.6, the version that AWS runs. The parser writes both as a condition that nobody wrote. */
const newerIn = ({ type, condition, then }: Node): string | undefined => {
  if (type !== 'condition' || !isNode(condition)) return undefined;
  const procedure = condition['procedure'];
  if (isNode(procedure) && procedure.value === 'exists' && procedure.position === undefined) return '??';
  return positionOf(condition) !== undefined && positionOf(condition) === positionOf(then) ? '?:' : undefined;
};

/** The parts of an expression that are evaluated where it is, and not on what a path has found. */
const OPERANDS = ['lhs', 'rhs', 'expression', 'expressions', 'arguments', 'condition', 'then', 'else'];
const OPERATORS = new Set(['binary', 'unary', 'function', 'partial', 'condition', 'block', 'apply', 'bind']);

/** An expression of a state has no input of its own, so a name or `$` that is not on a path finds nothing. */
const startsNowhere = (node: Node): boolean => {
  const { type, value } = node;
  if (type === 'name' || (type === 'variable' && (value === '' || value === '$'))) return true;
  if (type === 'path') return stepsOf(node).slice(0, 1).some(startsNowhere);
  if (Array.isArray(node)) return node.some(startsNowhere);
  return OPERATORS.has(String(type)) && OPERANDS.some((name) => isNode(node[name]) && startsNowhere(node[name] as Node));
};

export interface Syntax {
  /** Members of `$states` that are read: `input`, `result` … */
  readonly states: ReadonlySet<string>;
  readonly evaluates: boolean;
  readonly newer: string | undefined;
  readonly startsNowhere: boolean;
}

/** Throws JSONata's own error where the text does not parse. */
export const syntaxOf = (text: string): Syntax => {
  const root = parseExpression(text).ast() as unknown as Node;
  const nodes = allOf(root);
  const members = nodes.flatMap((node) => {
    const [first, second] = stepsOf(node);
    return first?.type === 'variable' && first.value === 'states' && typeof second?.value === 'string' ? [second.value] : [];
  });
  return {
    states: new Set(members),
    evaluates: nodes.some(({ type, value }) => type === 'variable' && value === 'eval'),
    newer: nodes.map(newerIn).find((operator) => operator !== undefined),
    startsNowhere: startsNowhere(root),
  };
};
