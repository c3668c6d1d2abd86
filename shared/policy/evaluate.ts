import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import type { Fact } from '../contracts/policy.ts';
import { type Binding, choices, kindsWithChoice } from './choices.ts';
import type { ParsedClause } from './clause.ts';
import { only, type Reads, readsOf } from './reads.ts';
import { context, type PolicyRequest } from './situation.ts';

/** Clauses that object, with the error where one could not be evaluated. */
type Objections = ReadonlyMap<string, string | undefined>;

const BASE = 'permit(principal, action, resource);';

interface Prepared {
  readonly name: string;
  readonly reads: Reads;
}

/** A set of clauses is parsed once a process, so that engines made again and again cost nothing. Names are short: they travel with every call. */
const prepared = new Map<string, Prepared>();

/** Cedar copies a set with each call, so each call is given the few clauses it is about. */
export const prepare = (clauses: readonly ParsedClause[]): Prepared => {
  const key = clauses.map(({ nth }) => nth).join(' ');
  const known = prepared.get(key);
  if (known) return known;
  const name = `guardrails-${prepared.size}`;
  const rules = Object.fromEntries(clauses.map(({ id, rule }) => [id, rule]));
  const answer = preparsePolicySet(name, { staticPolicies: { ...rules, permitted: BASE } });
  if (answer.type === 'failure') throw new Error(`The guardrails do not parse: ${answer.errors.map(({ message }) => message).join('; ')}`);
  const set = { name, reads: readsOf(clauses.map(({ rule }) => rule)) };
  prepared.set(key, set);
  return set;
};

const objecting = (clauses: readonly ParsedClause[], error?: string): Objections => new Map(clauses.map(({ id }) => [id, error]));

/** One evaluation of a set of clauses over one choice of facts. A clause that errs objects. */
const evaluate = ({ name, reads }: Prepared, request: PolicyRequest, binding: Binding, clauses: readonly ParsedClause[]): Objections => {
  const answer = statefulIsAuthorized({
    principal: request.answer ? { type: 'Person', id: request.answer.by } : { type: 'Workflow', id: request.workflow },
    action: { type: 'Action', id: request.action },
    resource: { type: 'Incident', id: request.incident.id },
    context: only(context(request, binding), reads),
    preparsedPolicySetId: name,
    entities: [],
  });
  if (answer.type === 'failure') return objecting(clauses, answer.errors.map(({ message }) => message).join('; '));
  const { reason, errors } = answer.response.diagnostics;
  const said = new Map<string, string | undefined>([
    ...reason.map((id): [string, undefined] => [id, undefined]),
    ...errors.map(({ policyId, error }): [string, string] => [policyId, error.message]),
  ]);
  return new Map(clauses.filter(({ id }) => said.has(id)).map(({ id }) => [id, said.get(id)]));
};

const ofItsKinds = ({ facts: kinds }: ParsedClause, facts: readonly Fact[]): Fact[] => facts.filter(({ kind }) => kinds.includes(kind));

/** What one clause says where facts leave it a choice: it objects where, for some choice among those that forbid, no choice among those that allow lifts it. */
const overChoices = (clause: ParsedClause, request: PolicyRequest, facts: readonly Fact[]): Objections => {
  const set = prepare([clause]);
  for (const ways of choices(ofItsKinds(clause, facts))) {
    let last: Objections = new Map();
    for (const binding of ways) {
      last = evaluate(set, request, binding, [clause]);
      if (last.size === 0) break;
    }
    if (last.size > 0) return last;
  }
  return new Map();
};

const judgedAgainst = (clauses: readonly ParsedClause[], judge: () => Objections): Objections => {
  if (clauses.length === 0) return new Map();
  try {
    return judge();
  } catch (error) {
    return objecting(clauses, error instanceof Error ? error.message : String(error));
  }
};

/**
 * Which clauses object. Those that no fact leaves a choice are evaluated all at once. Any other is looked at by itself, over facts of its
 * own kinds alone, so that many facts of many kinds do not multiply.
 */
export const objections = (request: PolicyRequest, facts: readonly Fact[], clauses: readonly ParsedClause[]): Objections => {
  const open = kindsWithChoice(facts);
  const [choosing, settled] = [
    clauses.filter(({ facts: kinds }) => kinds.some((kind) => open.has(kind))),
    clauses.filter(({ facts: kinds }) => !kinds.some((kind) => open.has(kind))),
  ];
  const single = facts.filter(({ kind }) => !open.has(kind));
  return new Map([
    ...judgedAgainst(settled, () => evaluate(prepare(settled), request, choices(single)[0]?.[0] ?? {}, settled)),
    ...choosing.flatMap((clause) => [...judgedAgainst([clause], () => overChoices(clause, request, facts))]),
  ]);
};
