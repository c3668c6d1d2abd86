import { type PolicyJson, policyToJson } from '@cedar-policy/cedar-wasm/nodejs';
import { PolicyType, Severity } from '../contracts/vocabulary.ts';
import type { Clause } from '../contracts/workflow.ts';

/** One guardrail as it was read: what its annotations tell, and what it concerns. */
export interface ParsedClause extends Clause {
  /** Applies to every workflow, whether it lists the clause or not. */
  readonly always: boolean;
  /** Kinds of facts it is judged on. */
  readonly facts: readonly string[];
  /** Kinds of entities that are masked in what is sent, where it objects and the action goes ahead all the same. */
  readonly redacts: readonly string[];
  /** Actions it concerns; undefined means all. */
  readonly actions?: ReadonlySet<string>;
  /** How many this process had read before it: sets of clauses are told apart by these. */
  readonly nth: number;
  /** The rule alone. Cedar copies a set with each call, and its annotations would cost two thirds of the time. */
  readonly rule: PolicyJson;
}

const complain = (file: string, cause: string): never => {
  throw new Error(`Guardrail ${file}: ${cause}`);
};

const entityId = (entity: { type: string; id: string } | { __entity: { id: string } }): string =>
  '__entity' in entity ? entity.__entity.id : entity.id;

const actionsOf = (file: string, { action }: PolicyJson): ReadonlySet<string> | undefined => {
  if (action.op === 'All') return undefined;
  if (action.op === '==' && 'entity' in action) return new Set([entityId(action.entity)]);
  if (action.op === 'in' && 'entities' in action) return new Set(action.entities.map(entityId));
  if (action.op === 'in' && 'entity' in action) return new Set([entityId(action.entity)]);
  return complain(file, 'its action is a slot; name the actions');
};

const words = (annotation: string | null | undefined): string[] => (annotation ?? '').split(' ').filter(Boolean);

const read = new Map<string, ParsedClause>();

/** Reads one clause, each text once a process. Throws, naming the file, on a text that is no clause: one is missing from the law otherwise. */
export const parseClause = (file: string, text: string): ParsedClause => {
  const known = read.get(`${file}\n${text}`);
  if (known) return known;
  const clause = parsed(file, text);
  read.set(`${file}\n${text}`, clause);
  return clause;
};

const parsed = (file: string, text: string): ParsedClause => {
  const answer = policyToJson(text);
  if (answer.type === 'failure') return complain(file, answer.errors.map(({ message }) => message).join('; '));
  const { annotations = {}, ...rule } = answer.json;
  if (rule.effect !== 'forbid') complain(file, 'a guardrail forbids; it never permits');
  const { id = '', citation = '', refusal = '' } = annotations;
  if (id !== file) complain(file, `its @id is "${id}"; it must be the file's name`);
  if (citation === '' || refusal === '') complain(file, '@citation and @refusal must be there, in words an operator can quote');
  const severity = Severity.safeParse(annotations['severity']);
  const type = PolicyType.safeParse(annotations['type']);
  if (!severity.success) return complain(file, `@severity must be one of ${Severity.options.join(', ')}`);
  if (!type.success) return complain(file, `@type must be one of ${PolicyType.options.join(', ')}`);
  return {
    id,
    type: type.data,
    severity: severity.data,
    citation,
    refusal,
    always: 'always' in annotations,
    facts: words(annotations['facts']),
    redacts: words(annotations['redacts']),
    actions: actionsOf(file, rule),
    nth: read.size,
    rule,
  };
};
