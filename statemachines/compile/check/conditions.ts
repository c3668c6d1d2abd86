import { flatten, type Node, type Workflow } from '../../../shared/contracts/workflow.ts';
import { type Ast, expressionIn, nodesOf, parse } from '../reads.ts';
import { expressionsOf } from '../scope.ts';
import { type Complaint, complaint } from './complaint.ts';
import { TooClever, Unlike } from './evaluate.ts';
import { canHold, outcomes } from './possible.ts';
import { checkReads } from './said.ts';
import type { Where } from './walk.ts';

const WORDS = 'Write it with said, given, givenAtLeast, startedBy, not, all and any of workflows/language/condition.ts';

/** Names that an expression gives values to itself: by `:=`, or as arguments of a function. */
const assigned = (node: Ast): unknown[] => {
  const { lhs, arguments: given } = node as { lhs?: Ast; arguments?: readonly Ast[] };
  if (node.type === 'bind') return [lhs?.value];
  return node.type === 'lambda' ? (given ?? []).map(({ value }) => value) : [];
};

/** AWS refuses an expression without a blank on either side, and a variable that nothing assigns fails when it is read. */
const checkSyntax = (text: string, place: string): Complaint[] => {
  const wrong = (cause: string): Complaint[] => [
    complaint('EXPRESSION_DOES_NOT_PARSE', place, cause, 'Write it as JSONata between {% and %}'),
  ];
  if (!/^\{% \S[\s\S]* %\}$/.test(text)) return wrong('it is not set off by a blank on either side');
  try {
    const nodes = nodesOf(parse(expressionIn(text) ?? ''));
    const bound = new Set(nodes.flatMap(assigned));
    const called = new Set(nodes.map((node) => (node as { procedure?: unknown }).procedure));
    const free = nodes.filter(
      (node) => node.type === 'variable' && node.value !== 'states' && node.value !== '' && !bound.has(node.value) && !called.has(node),
    );
    return free.length > 0 ? wrong(`nothing assigns $${String(free[0]?.value)}`) : [];
  } catch (error) {
    return wrong((error as { message?: string }).message ?? String(error));
  }
};

/** A Choice fails the whole run, uncaught, where its condition is neither true nor false. */
const checkTruth = (text: string, place: string, workflow: Workflow): Complaint[] => {
  const complain = (cause: string) => [complaint('CONDITION_NOT_BOOLEAN', place, cause, WORDS)];
  try {
    const odd = [...outcomes(text, workflow)].filter((value) => typeof value !== 'boolean');
    return odd.length > 0 ? complain('it is neither true nor false where something it reads is absent') : [];
  } catch (error) {
    if (error instanceof Unlike) return complain(`it fails where it compares ${error.message}`);
    if (error instanceof TooClever)
      return [complaint('CONDITION_TOO_CLEVER', place, `"${error.message}" cannot be decided beforehand`, WORDS)];
    throw error;
  }
};

const checkPossible = ({ node, conditions, workflow, place }: Where): Complaint[] => {
  if (node.when !== undefined && !canHold(conditions, workflow))
    return [
      complaint(
        'UNREACHABLE_STEP',
        `${place}.when`,
        'its condition never holds in any run of this workflow',
        'Mend the condition or take the node out',
      ),
    ];
  if (node.kind !== 'repeat' || node.until === undefined || canHold([node.until], workflow)) return [];
  return [
    complaint(
      'UNTIL_NEVER_HOLDS',
      `${place}.until`,
      'nothing its rounds could find out makes it true',
      'Mend the condition or take it out',
    ),
  ];
};

const heardBy = (where: Where, field: string): readonly Node[] =>
  field === 'until' && where.node.kind === 'repeat' ? [...where.before, ...flatten(where.node.steps)] : where.before;

/** Expressions that are none; until these are mended nothing further can be said of a workflow's expressions. */
export const checkParse = ({ node, place }: Where): Complaint[] =>
  expressionsOf(node).flatMap(([field, text]) => checkSyntax(text, `${place}.${field}`));

/** Everything wrong with what the expressions of a node read, and with when it runs. */
export const checkExpressions = (where: Where): Complaint[] => {
  const { workflow, node, place } = where;
  const expressions = expressionsOf(node);
  const reads = expressions.flatMap(([field, text]) => checkReads(text, { ...where, before: heardBy(where, field) }, field));
  const conditions = expressions.filter(([field]) => field === 'when' || field === 'until');
  const untrue = conditions.flatMap(([field, text]) => checkTruth(text, `${place}.${field}`, workflow));
  return reads.length + untrue.length > 0 ? [...reads, ...untrue] : checkPossible(where);
};
