import type { Simulation, SimulationRequest } from '../../shared/contracts/simulation.ts';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { createPolicyEngine } from '../../shared/policy/index.ts';
import { simulate } from '../../statemachines/simulate/index.ts';
import { scenarios } from '../city/scenarios/index.ts';
import { Refusal } from '../kernel/refusal.ts';
import { demoOf } from './demo.ts';

/** Who asks, where nobody signed in. */
const NOBODY = 'command-line';

/** In the demo's city, without a running system. Without an event, incident or place of its own the scenario's event starts the workflow. `now` is ms since the epoch. */
export const simulateHere = async (
  workflow: Workflow,
  request: SimulationRequest,
  now: number,
  without: readonly string[] = [],
): Promise<Simulation> => {
  const isOwn = request.event !== undefined || request.location !== undefined;
  const scenario = scenarios.find(({ workflow: name }) => name === workflow.name);
  const { world, event, incidentId } = demoOf(scenario, now, without);
  const asked = isOwn ? request : { ...request, event, incidentId: request.incidentId ?? incidentId };
  const outcome = await simulate({ world, policy: createPolicyEngine(), clock: { now: () => now } })(workflow, asked, NOBODY);
  if (outcome.ok) return outcome.simulation;
  throw new Refusal(outcome.complaints.map(({ path, message }) => `${path}: ${message}`).join('\n'));
};
