import { scenarios } from '../../../local/city/scenarios/index.ts';
import { demoOf } from '../../../local/simulate/demo.ts';
import type { Fact } from '../../../shared/contracts/policy.ts';
import { type Simulation, SimulationRequest } from '../../../shared/contracts/simulation.ts';
import type { ResourceType } from '../../../shared/contracts/vocabulary.ts';
import type { Workflow } from '../../../shared/contracts/workflow.ts';
import { createPolicyEngine, type PolicyEngine } from '../../../shared/policy/index.ts';
import { simulate, type World } from '../../../statemachines/simulate/index.ts';

import { unit } from '../../support/scene.ts';

export const START = Date.UTC(2026, 10, 22, 17);
export const HERE = { lat: 26.7753, lon: -80.0581 };

type Asked = Partial<SimulationRequest>;

/** Units by id, each so many metres north of here; facts as they are given; no incident. */
export const world = (units: Record<string, [ResourceType, number]> = {}, facts: readonly Fact[] = []): World => ({
  facts: { about: async (subjects) => facts.filter(({ subject }) => subjects.includes(subject)) },
  incidents: { standing: async () => undefined },
  resources: {
    free: async (wanted) =>
      Object.entries(units)
        .filter(([, [type]]) => type === wanted)
        .map(([id, [type, north]]) => unit(id, type, north)),
    busy: async () => [],
  },
  partnerTerms: [],
});

const clock = { now: () => START };

/** Clauses of a test's own: no law stands in the way of a step unless it is written here. */
export const law = (...clauses: readonly { id: string; severity: string; action: string }[]): PolicyEngine =>
  createPolicyEngine(
    Object.fromEntries(
      clauses.map(({ id, severity, action }) => [
        id,
        `@id("${id}") @type("DEPARTMENT_SOP") @severity("${severity}") @citation("none") @refusal("No: ${id}.") @facts("") @always
forbid (principal, action == Action::"${action}", resource);`,
      ]),
    ),
  );

export const FREE = law();

export const ask = (
  workflow: Workflow,
  asked: Asked = {},
  { among = world(), policy = FREE }: { among?: World; policy?: PolicyEngine } = {},
) =>
  simulate({ world: among, policy, clock })(
    workflow,
    SimulationRequest.parse({ workflow: workflow.name, location: HERE, ...asked }),
    'ada',
  );

/** A simulation that must come about. */
export const simulated = async (...given: Parameters<typeof ask>): Promise<Simulation> => {
  const outcome = await ask(...given);
  if (!outcome.ok) throw new Error(outcome.complaints.map(({ path, message }) => `${path}: ${message}`).join('; '));
  return outcome.simulation;
};

/** A workflow on its own scenario in the demo's city, under the law in force. */
export const inTheCity = (workflow: Workflow, asked: Asked = {}, without: readonly string[] = []): Promise<Simulation> => {
  const {
    world: among,
    event,
    incidentId,
  } = demoOf(
    scenarios.find((scenario) => scenario.workflow === workflow.name),
    START,
    without,
  );
  return simulated(workflow, { location: undefined, event, incidentId, ...asked }, { among, policy: createPolicyEngine() });
};

/** The moments of some kinds, as `kind step`. */
export const told = ({ timeline }: Simulation, ...kinds: string[]): string[] =>
  timeline.filter(({ kind }) => kinds.includes(kind)).map(({ kind, step }) => [kind, step].filter(Boolean).join(' '));
