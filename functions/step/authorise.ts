import type { Execution } from '../../shared/contracts/execution.ts';
import type { Incident } from '../../shared/contracts/incident.ts';
import type { Fact, GuardrailDecision } from '../../shared/contracts/policy.ts';
import type { Step } from '../../shared/contracts/workflow.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { PolicyEngine } from '../../shared/policy/index.ts';
import type { FactsStore } from '../../shared/stores/facts.ts';
import type { IncidentsStore } from '../../shared/stores/incidents.ts';
import { workflowNamed } from '../../workflows/index.ts';

export interface AuthoriseDeps {
  policy: PolicyEngine;
  facts: FactsStore;
  incidents: IncidentsStore;
  clock: Clock;
}

/** What SWOE knows about an execution's incident, fetched by itself: what it has become, what was merged into it, and every stored fact about it. */
export interface Situation {
  incident: Incident | undefined;
  aliases: string[];
  facts: Fact[];
}

/** A manual run may have no incident. */
const incidentOf = async ({ incidents }: AuthoriseDeps, { incidentId }: Execution): Promise<Omit<Situation, 'facts'>> => {
  const found = await incidents.standing(incidentId);
  if (!found) return { incident: undefined, aliases: [] };
  const { incident, absorbed } = found;
  return { incident, aliases: [incident.id, ...absorbed].filter((id) => id !== incidentId) };
};

export const situationOf =
  (deps: AuthoriseDeps) =>
  async (execution: Execution): Promise<Situation> => {
    const { incident, aliases } = await incidentOf(deps, execution);
    const incidents = [execution.incidentId, ...aliases].map((id) => `incident/${id}`);
    const facts = await deps.facts.about([...incidents, 'city', `workflow/${execution.workflow}`]);
    return { incident, aliases, facts };
  };

/**
 * Judges one action of a workflow on the facts of its situation; nothing the caller claimed is looked at.
 * The workflow's guardrails stand for each of its steps, and a step may add its own.
 */
export const judge =
  ({ policy, clock }: AuthoriseDeps) =>
  (execution: Execution, { incident, aliases, facts }: Situation, step: Step, args: Record<string, unknown>): GuardrailDecision =>
    policy.decide({
      workflow: execution.workflow,
      action: step.action,
      step: { legalBasis: step.legalBasis, needs: step.needs, arguments: args },
      run: {
        version: execution.version,
        timeoutS: workflowNamed(execution.workflow)?.timeout ?? 0,
        startedBy: execution.input.startedBy,
        approvals: [],
      },
      incident: {
        id: execution.incidentId,
        aliases,
        sources: incident?.sources ?? [],
        independentSources: incident?.sources.length ?? 0,
        type: incident?.type ?? 'manual',
        openedAt: incident?.openedAt,
      },
      facts,
      now: clock.now(),
      guardrails: [...new Set([...(workflowNamed(execution.workflow)?.guardrails ?? []), ...step.guardrails])],
      requestedBy: execution.input.requestedBy,
    });
