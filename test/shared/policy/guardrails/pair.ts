import type { Fact } from '../../../../shared/contracts/policy.ts';
import type { PolicyRequest } from '../../../../shared/policy/index.ts';
import type { AnswerFacts } from '../../../../shared/policy/situation.ts';
import { fact, NOON, standing } from '../given.ts';

/** One clause, a situation that complies with it and one that does not, each told in words. */
export interface Pair {
  readonly clause: string;
  readonly fine: string;
  readonly complies: PolicyRequest;
  readonly wrong: string;
  readonly breaks: PolicyRequest;
}

interface Told extends Partial<Omit<PolicyRequest, 'action' | 'incident' | 'step'>> {
  readonly args?: Readonly<Record<string, unknown>>;
  readonly basis?: string;
  readonly officers?: number;
  readonly incident?: Partial<PolicyRequest['incident']>;
}

/** An action on INC-1 at noon, judged by every clause that is always judged and those named in `guardrails`. */
export const situation = (
  action: PolicyRequest['action'],
  { args, basis, officers, incident, facts = [], ...more }: Told = {},
): PolicyRequest => ({
  workflow: 'gunfire-response',
  action,
  step: { ...(basis ? { legalBasis: basis } : {}), needs: officers ? { OFFICER: officers } : {}, arguments: args ?? {} },
  incident: { id: 'INC-1', type: 'gunshot.detected', sources: ['dispatch'], independentSources: 1, ...incident },
  now: NOON,
  guardrails: [],
  run: { version: 1, timeoutS: 1800, startedBy: 'EVENT', approvals: [] },
  ...more,
  facts: [...facts, ...standing],
});

/** The same, judged by one clause besides. */
export const under =
  (clause: string) =>
  (action: PolicyRequest['action'], told: Told = {}): PolicyRequest =>
    situation(action, { ...told, guardrails: [clause] });

const approvedBy = (role: 'supervisor' | 'watch_commander' | 'incident_commander', person = 'ada') => ({
  step: 'ask',
  roles: [role],
  persons: [person],
});

/** A run in which a person said yes. */
export const approved = (
  role: Parameters<typeof approvedBy>[0] = 'supervisor',
  more: Partial<NonNullable<PolicyRequest['run']>> = {},
): NonNullable<PolicyRequest['run']> => ({ version: 1, timeoutS: 1800, startedBy: 'EVENT', approvals: [approvedBy(role)], ...more });

export const answer = (more: Partial<AnswerFacts> = {}): AnswerFacts => ({
  by: 'ada',
  role: 'supervisor',
  asked: 'supervisor',
  isRequester: false,
  hasAnswered: false,
  ...more,
});

export const duty = (value: Fact['value'] = { status: 'on', role: 'supervisor' }, more: Partial<Fact> = {}): Fact =>
  fact('duty', value, { subject: 'person/ada', eventKey: 'dispatch#duty', ...more });
export const ofCity = (kind: string, value: Fact['value'], source: Fact['source']): Fact => fact(kind, value, { subject: 'city', source });
export const by = (source: Fact['source'], kind: string, value: Fact['value'], eventKey = `${source}#${kind}`): Fact =>
  fact(kind, value, { source, eventKey });
