import type { GuardrailDecision } from '../contracts/policy.ts';
import type { Severity } from '../contracts/vocabulary.ts';
import { canonical, sha256 } from '../lambda/ids.ts';
import { type ParsedClause, parseClause } from './clause.ts';
import { clauseTexts, neverWithheld } from './embedded.ts';
import { objections } from './evaluate.ts';
import { liveFacts } from './live-facts.ts';
import type { PolicyRequest } from './situation.ts';

export interface PolicyEngine {
  /** Every clause, sorted by id. */
  readonly clauses: readonly ParsedClause[];
  /** Synchronous and pure: the same request gives the same decision. Never throws: what cannot be judged is judged against. */
  decide(request: PolicyRequest): GuardrailDecision;
}

const VERDICT: Record<Severity, GuardrailDecision['verdict']> = {
  BLOCKING: 'refuse',
  WARNING: 'ask',
  ADVISORY: 'alert',
  INFORMATIONAL: 'record',
};
const GRAVEST: readonly GuardrailDecision['verdict'][] = ['refuse', 'ask', 'alert', 'record'];

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
  const law = sha256(canonical(texts)).slice(0, 12);
  const ids = new Set(clauses.map(({ id }) => id));

  const decide = (request: PolicyRequest): GuardrailDecision => {
    const listed = new Set(request.guardrails);
    const relevant = clauses.filter(({ id, always, actions }) => (always || listed.has(id)) && (actions?.has(request.action) ?? true));
    const facts = liveFacts(request, new Set(relevant.flatMap((clause) => clause.facts)));
    const objecting = objections(request, facts, relevant);
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
      redact: [...new Set(relevant.filter(({ id }) => objecting.has(id)).flatMap(({ redacts }) => redacts))].sort(),
      facts: facts.map(({ kind, subject, eventKey, expiresAt, override }) => ({
        kind,
        subject,
        eventKey,
        expiresAt,
        ...(override === undefined ? {} : { override }),
      })),
    };
  };
  return { clauses, decide };
};
