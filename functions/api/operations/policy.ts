import type { Incident } from '../../../shared/contracts/incident.ts';
import type { GuardrailDecision } from '../../../shared/contracts/policy.ts';
import { type Step, stepsOf, type Workflow } from '../../../shared/contracts/workflow.ts';
import { independentSources } from '../../../shared/domain/independent.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { PolicyEngine, PolicyRequest } from '../../../shared/policy/index.ts';
import type { FactsStore } from '../../../shared/stores/facts.ts';
import type { IncidentsStore } from '../../../shared/stores/incidents.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import type { Ask, Perform } from '../operation.ts';
import { notFound, ok } from '../reply.ts';

interface Deps {
  workflows: readonly Workflow[];
  policy: PolicyEngine;
  facts: FactsStore;
  incidents: IncidentsStore;
  journal: JournalStore;
  clock: Clock;
}

type Body = Ask<'checkPolicy'>['body'];

/** What the question is about, once it is known to exist. */
interface Asked {
  readonly workflow: Workflow;
  readonly step?: Step;
  readonly action: PolicyRequest['action'];
  readonly incident?: Incident;
  readonly aliases: readonly string[];
}

const listed = (names: readonly string[]): string => names.join(', ');

/** Finds workflow, step and incident, or says which of them there is not. */
const find = async ({ workflows, incidents }: Deps, body: Body): Promise<Asked | string> => {
  const workflow = workflows.find(({ name }) => name === body.workflow);
  if (!workflow) return `There is no workflow ${body.workflow}. There are: ${listed(workflows.map(({ name }) => name))}`;
  const steps = stepsOf(workflow.steps);
  const step = body.step === undefined ? undefined : steps.find(({ name }) => name === body.step);
  const action = step?.action ?? body.action;
  if (!action) return `${workflow.name} has no step ${body.step}. It has: ${listed(steps.map(({ name }) => name))}`;
  if (body.incidentId === undefined) return { workflow, step, action, aliases: [] };
  const found = await incidents.standing(body.incidentId);
  if (!found) return `There is no incident ${body.incidentId}; GET /events/fused lists them`;
  return { workflow, step, action, incident: found.incident, aliases: [...found.absorbed, body.incidentId] };
};

/** A question about no incident is judged on what is known of the city and the workflow. */
const incidentOf = ({ incident, aliases }: Asked): PolicyRequest['incident'] =>
  incident
    ? {
        id: incident.id,
        aliases: aliases.filter((id) => id !== incident.id),
        type: incident.type,
        category: incident.category,
        priority: incident.priority,
        sources: incident.sources,
        independentSources: independentSources(incident.sources),
        openedAt: incident.openedAt,
      }
    : { id: 'none', type: 'manual', sources: [], independentSources: 0 };

/** Judged on stored facts alone, and as if nobody had said yes to anything. */
const decide = async ({ policy, facts, clock }: Deps, asked: Asked, given: Body['arguments']): Promise<GuardrailDecision> => {
  const { workflow, step, action } = asked;
  const incident = incidentOf(asked);
  const subjects = [incident.id, ...(incident.aliases ?? [])].map((id) => `incident/${id}`);
  return policy.decide({
    workflow: workflow.name,
    action,
    step: { legalBasis: step?.legalBasis, needs: step?.needs, arguments: { ...step?.with, ...given } },
    run: { version: workflow.version, timeoutS: workflow.timeout, startedBy: 'MANUAL', approvals: [] },
    incident,
    facts: await facts.about([...subjects, 'city', `workflow/${workflow.name}`]),
    now: clock.now(),
    guardrails: [...new Set([...workflow.guardrails, ...(step?.guardrails ?? [])])],
  });
};

/** Says what would be decided, by which clauses, citations and sentences, and on which facts; that it was asked is in the journal. */
export const checkPolicy =
  (deps: Deps): Perform<'checkPolicy'> =>
  async ({ body, caller }) => {
    const asked = await find(deps, body);
    if (typeof asked === 'string') return notFound(asked);
    const decision = await decide(deps, asked, body.arguments);
    const about = { workflow: asked.workflow.name, action: asked.action, ...(body.step ? { step: body.step } : {}) };
    const actor = `person/${caller.sub}`;
    const incidentId = asked.incident?.id;
    const { law, verdict, facts } = decision;
    const data = { ...about, law, verdict, facts, clauses: decision.clauses.map(({ id, severity }) => ({ id, severity })) };
    await deps.journal.commit(incidentId ?? actor, [{ kind: 'policy.checked', actor, ...(incidentId ? { incidentId } : {}), data }]);
    return ok({ ...about, ...(incidentId ? { incidentId } : {}), ...decision });
  };
