import type { ActionType, TriggerKind } from '../../shared/contracts/vocabulary.ts';
import type { Condition, OutcomeField, OutcomeValue } from './types.ts';

const inside = (condition: Condition): string => condition.replace(/^\{%\s*|\s*%\}$/g, '');
/** JSONata has JSON's escapes, and none for a single quotation mark; a plain word reads better between those. */
const literal = (value: string | number | boolean): string =>
  typeof value === 'string' && /^[\w .:-]*$/.test(value) ? `'${value}'` : JSON.stringify(value);
const written = (expression: string): Condition => `{% ${expression} %}`;

/** What the reply of an earlier step said; false where that step was passed over, or did not answer. */
export const said = <A extends ActionType, F extends OutcomeField<A>>(
  _action: A,
  step: string,
  field: F,
  value: OutcomeValue<A, F> & (string | number | boolean),
): Condition => written(`$states.input.said.${step}.${field} = ${literal(value)}`);

/** An input of the run has this value; a flag that was not given is not true. */
export const given = (input: string, value: string | number | boolean = true): Condition =>
  written(`$states.input.inputs.${input} = ${literal(value)}`);

/** The run was given this input, whatever it is. */
export const has = (input: string): Condition => written(`$exists($states.input.inputs.${input})`);

/** An input of the run that is a number is at least this. */
export const givenAtLeast = (input: string, bound: number): Condition =>
  written(`$exists($states.input.inputs.${input}) and $states.input.inputs.${input} >= ${bound}`);

export const startedBy = (kind: TriggerKind): Condition => written(`$states.input.startedBy = ${literal(kind)}`);

export const not = (condition: Condition): Condition => written(`$not(${inside(condition)})`);
export const all = (...conditions: readonly Condition[]): Condition => written(conditions.map((one) => `(${inside(one)})`).join(' and '));
export const any = (...conditions: readonly Condition[]): Condition => written(conditions.map((one) => `(${inside(one)})`).join(' or '));
