import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import type { Fact, GuardrailDecision } from '../contracts/policy.ts';
import type { Severity } from '../contracts/vocabulary.ts';
import { canonical, sha256 } from '../lambda/ids.ts';
import { type ParsedClause, parseClause } from './clause.ts';
import { clauseTexts, neverWithheld } from './embedded.ts';
import { type Binding, choices, context, liveFacts, type PolicyRequest } from './situation.ts';

export interface PolicyEngine {
  /** Every clause, sorted by id. */
  readonly clauses: readonly ParsedClause[];
  /** Synchronous and pure: the same request gives the same decision. Never throws: what cannot be judged is judged against. */
  decide(request: PolicyRequest): GuardrailDecision;
}

/** Clauses that object, with the error where one could not be evaluated. */
type Objections = ReadonlyMap<string, string | undefined>;

const BASE = 'permit(principal, action, resource);';

const VERDICT: Record<Severity, GuardrailDecision['verdict']> = {
  BLOCKING: 'refuse',
  WARNING: 'ask',
  ADVISORY: 'alert',
  INFORMATIONAL: 'record',
};
const GRAVEST: readonly GuardrailDecision['verdict'][] = ['refuse', 'ask', 'alert', 'record'];

/** A set of clauses is parsed once a process, so that engines made again and again cost nothing. Names are short: they travel with every call. */
const prepared = new Map<string, string>();
const prepare = (clauses: readonly ParsedClause[]): string => {
  const rules = Object.fromEntries(clauses.map(({ id, rule }) => [id, rule]));
  const key = JSON.stringify(rules);
  const known = prepared.get(key);
  if (known) return known;
  const name = `guardrails-${prepared.size}`;
  const answer = preparsePolicySet(name, { staticPolicies: { ...rules, permitted: BASE } });
  if (answer.type === 'failure') throw new Error(`The guardrails do not parse: ${answer.errors.map(({ message }) => message).join('; ')}`);
  prepared.set(key, name);
  return name;
};

/** One evaluation of every clause over one choice of facts. A clause that errs objects. */
const evaluate = (set: string, request: PolicyRequest, binding: Binding, relevant: readonly ParsedClause[]): Objections => {
  const answer = statefulIsAuthorized({
    principal: { type: 'Workflow', id: request.workflow },
    action: { type: 'Action', id: request.action },
    resource: { type: 'Incident', id: request.incident.id },
    context: context(request, binding),
    preparsedPolicySetId: set,
    entities: [],
  });
  if (answer.type === 'failure') {
    const error = answer.errors.map(({ message }) => message).join('; ');
    return new Map(relevant.map(({ id }) => [id, error]));
  }
  const { reason, errors } = answer.response.diagnostics;
  const said = new Map<string, string | undefined>([
    ...reason.map((id): [string, undefined] => [id, undefined]),
    ...errors.map(({ policyId, error }): [string, string] => [policyId, error.message]),
  ]);
  return new Map(relevant.filter(({ id }) => said.has(id)).map(({ id }) => [id, said.get(id)]));
};

/** Objections that stand however the allowing facts are chosen. */
const standing = (set: string, request: PolicyRequest, options: readonly Binding[], relevant: readonly ParsedClause[]): Objections => {
  let left = relevant;
  let last: Objections = new Map();
  for (const binding of options) {
    last = evaluate(set, request, binding, left);
    left = left.filter(({ id }) => last.has(id));
    if (left.length === 0) break;
  }
  return last;
};

const objections = (set: string, request: PolicyRequest, facts: readonly Fact[], relevant: readonly ParsedClause[]): Objections => {
  if (relevant.length === 0) return new Map();
  try {
    return new Map(choices(facts).flatMap((options) => [...standing(set, request, options, relevant)]));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return new Map(relevant.map(({ id }) => [id, message]));
  }
};

/** A clause that a workflow lists and nobody wrote: nothing can be shown to comply with it. */
const unwritten = (id: string): GuardrailDecision['clauses'][number] => ({
  id,
  type: 'LEGAL_GUARDRAIL',
  severity: 'BLOCKING',
  citation: 'none',
  refusal: `The guardrail "${id}" is listed but does not exist, so nothing can comply with it. Write it, or take it off the list.`,
  error: 'no such clause',
});

const isNeverWithheld = ({ action, step }: PolicyRequest): boolean => {
  if (action === 'START_WORKFLOW' || action === 'ANSWER_APPROVAL') return false;
  const rule = neverWithheld[action];
  if (rule === undefined || typeof rule === 'boolean') return rule ?? false;
  return rule.to.includes(String(step?.arguments?.['to']));
};

/** Made from the clauses the compiler embedded; tests may hand in others, as texts by id. Throws on a clause that does not parse. */
export const createPolicyEngine = (texts: Readonly<Record<string, string>> = clauseTexts): PolicyEngine => {
  const clauses = Object.keys(texts)
    .sort()
    .map((file) => parseClause(file, texts[file] ?? ''));
  const set = prepare(clauses);
  const law = sha256(canonical(texts)).slice(0, 12);
  const ids = new Set(clauses.map(({ id }) => id));

  const decide = (request: PolicyRequest): GuardrailDecision => {
    const listed = new Set(request.guardrails);
    const relevant = clauses.filter(({ id, always, actions }) => (always || listed.has(id)) && (actions?.has(request.action) ?? true));
    const facts = liveFacts(request, new Set(relevant.flatMap((clause) => clause.facts)));
    const objecting = objections(set, request, facts, relevant);
    const met = [
      ...relevant
        .filter(({ id }) => objecting.has(id))
        .map(({ id, type, severity, citation, refusal }) => {
          const error = objecting.get(id);
          return { id, type, severity, citation, refusal, ...(error === undefined ? {} : { error }) };
        }),
      ...[...listed].filter((id) => !ids.has(id)).map(unwritten),
    ].sort((a, b) => (a.id < b.id ? -1 : 1));
    const verdicts = met.map(({ severity }) => VERDICT[severity]);
    return {
      law,
      verdict: isNeverWithheld(request) ? 'permit' : (GRAVEST.find((verdict) => verdicts.includes(verdict)) ?? 'permit'),
      clauses: met,
      facts: facts.map(({ kind, subject, eventKey, expiresAt }) => ({ kind, subject, eventKey, expiresAt })),
    };
  };
  return { clauses, decide };
};
