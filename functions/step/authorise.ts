import type { Execution } from '../../shared/contracts/execution.ts';
import type { GuardrailDecision } from '../../shared/contracts/policy.ts';
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

/** The incident this execution serves, what it has become, and what was merged into it; a manual run may have none. */
const incidentOf = async ({ incidents }: AuthoriseDeps, { incidentId }: Execution) => {
  if (!(await incidents.get(incidentId))) return { aliases: [] };
  const { incident } = await incidents.root(incidentId);
  return { incident, aliases: [incident.id, ...(await incidents.absorbed(incident.id))].filter((id) => id !== incidentId) };
};

/**
 * Judges one action of a workflow on facts that SWOE fetched itself; nothing the caller claimed is looked at.
 * The workflow's guardrails stand for each of its steps, and a step may add its own.
 */
export const authorise =
  (deps: AuthoriseDeps) =>
  async (execution: Execution, step: Step, args: Record<string, unknown>): Promise<GuardrailDecision> => {
    const { incident, aliases } = await incidentOf(deps, execution);
    return deps.policy.decide({
      workflow: execution.workflow,
      action: step.action,
      step: { legalBasis: step.legalBasis, needs: step.needs, arguments: args },
      incident: {
        id: execution.incidentId,
        aliases,
        sources: incident?.sources ?? [],
        independentSources: incident?.sources.length ?? 0,
        type: incident?.type ?? 'manual',
        openedAt: incident?.openedAt,
      },
      facts: await deps.facts.about([...[execution.incidentId, ...aliases].map((id) => `incident/${id}`), 'city']),
      now: deps.clock.now(),
      guardrails: [...new Set([...(workflowNamed(execution.workflow)?.guardrails ?? []), ...step.guardrails])],
      requestedBy: execution.input.requestedBy,
    });
  };
