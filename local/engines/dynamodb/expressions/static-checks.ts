import { isReserved } from './reserved.ts';
import type { Action, Condition, Operand, Path, Term } from './syntax.ts';
import { ExpressionError } from './tokens.ts';

/** What can be refused from the text alone, in the order in which AWS looks. Done once per text: the result is cached. */
interface Found {
  unknown?: string;
  misused?: string;
  reserved?: string;
}

const seePath = (path: Path, found: Found): void => {
  const word = path.find((part) => typeof part === 'string' && !part.startsWith('#') && isReserved(part));
  found.reserved ??= word as string | undefined;
};

const seeOperand = (operand: Operand, known: Readonly<Record<string, number>>, found: Found): void => {
  if (operand.kind === 'path') seePath(operand.path, found);
  if (operand.kind !== 'call') return;
  if (!Object.hasOwn(known, operand.name)) found.unknown ??= operand.name;
  for (const arg of operand.args) {
    // In conditions only `size` gives a value that another operator can take; in updates every function does.
    if (arg.kind === 'call' && 'size' in known && arg.name !== 'size') found.misused ??= arg.name;
    seeOperand(arg, known, found);
  }
};

const report = ({ unknown, misused, reserved }: Found): void => {
  if (unknown !== undefined) throw new ExpressionError(`Invalid function name; function: ${unknown}`);
  if (misused !== undefined) {
    throw new ExpressionError(`The function is not allowed to be used this way in an expression; function: ${misused}`);
  }
  if (reserved !== undefined) throw new ExpressionError(`Attribute name is a reserved keyword; reserved keyword: ${reserved}`);
};

const operandsOf = (condition: Exclude<Condition, { kind: 'and' | 'or' | 'not' | 'call' }>): readonly Operand[] => {
  if (condition.kind === 'compare') return [condition.left, condition.right];
  if (condition.kind === 'between') return [condition.value, condition.low, condition.high];
  return [condition.value, ...condition.list];
};

const seeCondition = (condition: Condition, known: Readonly<Record<string, number>>, found: Found): void => {
  switch (condition.kind) {
    case 'and':
    case 'or':
      seeCondition(condition.left, known, found);
      seeCondition(condition.right, known, found);
      return;
    case 'not':
      seeCondition(condition.inner, known, found);
      return;
    case 'call':
      if (condition.name === 'size') found.misused ??= 'size';
      seeOperand(condition, known, found);
      return;
    default:
      for (const operand of operandsOf(condition)) {
        if (operand.kind === 'call' && operand.name !== 'size' && Object.hasOwn(known, operand.name)) found.misused ??= operand.name;
        seeOperand(operand, known, found);
      }
  }
};

export const checkCondition = (condition: Condition, known: Readonly<Record<string, number>>): Condition => {
  const found: Found = {};
  seeCondition(condition, known, found);
  report(found);
  return condition;
};

const seeTerm = (term: Term, known: Readonly<Record<string, number>>, found: Found): void => {
  for (const side of term.kind === 'sum' ? [term.left, term.right] : []) seeTerm(side, known, found);
  if (term.kind !== 'sum') seeOperand(term, known, found);
};

export const checkActions = (actions: readonly Action[], known: Readonly<Record<string, number>>): readonly Action[] => {
  const found: Found = {};
  for (const action of actions) {
    seePath(action.path, found);
    if (action.kind === 'set') seeTerm(action.term, known, found);
  }
  report(found);
  return actions;
};

export const checkPaths = (paths: readonly Path[]): readonly Path[] => {
  const found: Found = {};
  for (const path of paths) seePath(path, found);
  report(found);
  return paths;
};
