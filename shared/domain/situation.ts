import type { Execution } from '../contracts/execution.ts';
import type { Incident } from '../contracts/incident.ts';
import type { Fact } from '../contracts/policy.ts';
import type { FactsStore } from '../stores/facts.ts';
import type { IncidentsStore } from '../stores/incidents.ts';

export interface SituationDeps {
  facts: Pick<FactsStore, 'about'>;
  incidents: Pick<IncidentsStore, 'standing'>;
}

/** What SWOE knows about an execution's incident, fetched by itself: what it has become, what was merged into it, and every stored fact about it. */
export interface Situation {
  incident: Incident | undefined;
  aliases: string[];
  facts: Fact[];
  /** Incidents into which members of this one went, as it outgrew its span. */
  lost?: string[];
}

/** A manual run may have no incident. */
const incidentOf = async (
  { incidents }: SituationDeps,
  { incidentId }: Pick<Execution, 'incidentId'>,
): Promise<Omit<Situation, 'facts'>> => {
  const found = await incidents.standing(incidentId);
  if (!found) return { incident: undefined, aliases: [] };
  const { incident, absorbed, lost = [] } = found;
  return { incident, aliases: [incident.id, ...absorbed].filter((id) => id !== incidentId), lost };
};

/** `alsoAbout` are further subjects whose facts count: a workflow, units in question. */
export const situationOf =
  (deps: SituationDeps) =>
  async (execution: Pick<Execution, 'incidentId'>, alsoAbout: readonly string[] = []): Promise<Situation> => {
    const { incident, aliases, lost = [] } = await incidentOf(deps, execution);
    const facts = await deps.facts.about([...[execution.incidentId, ...aliases].map((id) => `incident/${id}`), 'city', ...alsoAbout]);
    return { incident, aliases, facts, lost };
  };
