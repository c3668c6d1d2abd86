import * as z from 'zod';
import { TriggerKind } from '../../../shared/contracts/vocabulary.ts';
import { type Step, stepsOf, type Workflow } from '../../../shared/contracts/workflow.ts';
import { vocabulary } from '../../../workflows/vocabulary/index.ts';
import { type Ast, expressionIn, nodesOf, parse, readsOf } from '../reads.ts';
import { evaluate, type Reading, TooClever, Unlike, type Value } from './evaluate.ts';

/** More combinations than this are not tried; such a condition is taken to be possible. */
const MOST = 20_000;

/** What conditions compare with, and what lies right beside it. */
const literals = (asts: readonly Ast[]): Value[] =>
  asts.flatMap(nodesOf).flatMap(({ type, value }): Value[] => {
    if (type === 'number') return [Number(value) - 1, Number(value), Number(value) + 1];
    return type === 'string' ? [String(value)] : [];
  });

/** The values that a declared scalar may have: undefined where it is no scalar of few values, as for a number or a text. */
const valuesOf = (schema: z.core.JSONSchema.BaseSchema): Value[] | undefined => {
  if (schema.enum) return schema.enum as Value[];
  return schema.type === 'boolean' ? [true, false] : undefined;
};

/** What the reply of an action declares, by field. */
export const replyFields = (action: Step['action']): Readonly<Record<string, z.core.JSONSchema.BaseSchema>> =>
  (z.toJSONSchema(vocabulary[action].reply) as { properties?: Record<string, z.core.JSONSchema.BaseSchema> }).properties ?? {};

const ofInput = ({ inputs }: Workflow, name: string, mentioned: Value[]): Value[] => {
  const spec = inputs[name];
  const values = spec?.type === 'flag' ? [true, false] : spec?.type === 'code' ? (spec.values ?? []) : ['another', ...mentioned];
  const fitting = spec?.type === 'number' ? values.filter((value) => typeof value === 'number') : values;
  return spec?.required ? fitting : [...fitting, undefined];
};

const ofReply = (workflow: Workflow, step: string, field: string, mentioned: Value[]): Value[] => {
  const found = stepsOf(workflow.steps).find(({ name }) => name === step);
  const schema = found && replyFields(found.action)[field];
  return schema ? [...(valuesOf(schema) ?? mentioned), undefined] : [undefined];
};

/** Every value that what a path names may have in a run of this workflow. */
const domain = (workflow: Workflow, [what = '', name = '', field = '']: readonly string[], mentioned: Value[]): Value[] => {
  if (what === 'inputs') return ofInput(workflow, name, mentioned);
  if (what === 'said') return ofReply(workflow, name, field, mentioned);
  if (what === 'priority') return [workflow.priority];
  if (what === 'startedBy') {
    const kinds = [...new Set(workflow.on.map(({ kind }) => kind))];
    return kinds.length > 0 ? kinds : TriggerKind.options;
  }
  const required = Object.values(workflow.inputs).some(({ type, required }) => type === 'location' && required);
  return what === 'location' && !required ? ['there', undefined] : ['there'];
};

const key = (path: readonly string[]): string => JSON.stringify(path);

function* combinations(domains: readonly (readonly [string, readonly Value[]])[]): Generator<ReadonlyMap<string, Value>> {
  const [first, ...rest] = domains;
  if (!first) return void (yield new Map());
  for (const others of combinations(rest)) for (const value of first[1]) yield new Map([...others, [first[0], value]]);
}

/** Runs `each` with every reading that a run of this workflow may give; false where there are too many to try. */
const throughAll = (
  texts: readonly string[],
  workflow: Workflow,
  fixed: Readonly<Record<string, Value>>,
  each: (asts: readonly Ast[], read: Reading) => void,
): boolean => {
  const asts = texts.map((text) => parse(expressionIn(text) ?? ''));
  const paths = new Map(texts.flatMap(readsOf).map((path) => [key(path), path]));
  const domains = [...paths].map(([id, path]): [string, Value[]] => {
    const set = fixed[path.join('.')];
    return [id, set === undefined ? domain(workflow, path, literals(asts)) : [set]];
  });
  if (domains.reduce((product, [, values]) => product * values.length, 1) > MOST) return false;
  for (const values of combinations(domains)) each(asts, (path) => values.get(key(path)));
  return true;
};

/** All that a condition may come to. Throws `Unlike` where it may fail, `TooClever` where nobody can say. */
export const outcomes = (text: string, workflow: Workflow): ReadonlySet<Value> => {
  const found = new Set<Value>();
  throughAll([text], workflow, {}, ([ast], read) => void (ast && found.add(evaluate(ast, read))));
  return found;
};

/** What cannot be decided beforehand may hold, and what fails does not; both are complained about by themselves. */
const mayBeTrue = (ast: Ast, read: Reading): boolean => {
  try {
    return evaluate(ast, read) === true;
  } catch (error) {
    if (error instanceof TooClever) return true;
    if (error instanceof Unlike) return false;
    throw error;
  }
};

/** Whether conditions may hold together in some run; in one where `fixed` paths have these values, if any are given. */
export const canHold = (texts: readonly string[], workflow: Workflow, fixed: Readonly<Record<string, Value>> = {}): boolean => {
  let possible = false;
  const tried = throughAll(texts, workflow, fixed, (asts, read) => {
    possible ||= asts.every((ast) => mayBeTrue(ast, read));
  });
  return possible || !tried;
};
