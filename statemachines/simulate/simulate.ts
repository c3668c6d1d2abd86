import type { Simulation, SimulationRequest } from '../../shared/contracts/simulation.ts';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { allocationPriority } from '../../shared/domain/allocation/priority.ts';
import { judgeStart } from '../../shared/domain/judge.ts';
import { LEASE_GRACE_S } from '../../shared/domain/release.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { PolicyEngine } from '../../shared/policy/index.ts';
import { createAgenda } from './agenda.ts';
import { assumptionsOf, type Complaint, misfits } from './assumptions.ts';
import { type Beginning, beginningOf } from './beginning.ts';
import { simulatedFleet } from './fleet.ts';
import { decided } from './judged.ts';
import { play } from './play.ts';
import { remembered } from './remembered.ts';
import { reportOf } from './report.ts';
import type { Run } from './run.ts';
import { createTale } from './tale.ts';
import type { World } from './world.ts';

export interface SimulateDeps {
  world: World;
  policy: PolicyEngine;
  /** When the run would begin. From then on the simulation has a clock of its own. */
  clock: Clock;
}

/** A simulation, or what does not fit in what was asked for, by its place in the request. */
export type Simulated =
  | { readonly ok: true; readonly simulation: Simulation }
  | { readonly ok: false; readonly complaints: readonly Complaint[] };

const runOf = (
  { world, policy }: SimulateDeps,
  workflow: Workflow,
  request: SimulationRequest,
  { execution, situation }: Beginning,
  clock: Clock,
): Run => {
  const began = clock.now();
  const tale = createTale(clock.now);
  return {
    workflow,
    execution,
    situation,
    facts: world.facts,
    partnerTerms: world.partnerTerms,
    policy: remembered(policy),
    assumptions: assumptionsOf(request),
    clock,
    tale,
    // The present fleet, whatever hour the run has come to.
    fleet: simulatedFleet(world, { now: () => began }, tale.seconds, {
      executionId: execution.id,
      priority: allocationPriority(execution.priority),
      leaseS: workflow.timeout + LEASE_GRACE_S,
    }),
    records: new Map(),
    asked: new Map(),
    judgements: [],
    judged: new Map(),
    approvals: [],
    undoing: [],
    counts: { invocations: 0, events: 0 },
  };
};

/**
 * What a workflow would do now: its compiled machine under the interpreter, the guardrails in force, the present fleet, and assumptions for
 * everything outside. Incident and facts are read once, before
 * the first step, free units when one is chosen; nothing is written, held or told. `by` is who asks.
 */
export const simulate =
  (deps: SimulateDeps) =>
  async (workflow: Workflow, request: SimulationRequest, by: string): Promise<Simulated> => {
    const complaints = misfits(workflow, request);
    if (complaints.length > 0) return { ok: false, complaints };
    const began = deps.clock.now();
    const begun = await beginningOf(deps.world)(workflow, request, by, began);
    if (!begun.ok) return begun;
    const { beginning } = begun;
    const agenda = createAgenda(began);
    const run = runOf(deps, workflow, request, beginning, agenda);
    const { execution, situation } = beginning;
    const { incidentId, input } = execution;
    const decision = judgeStart(run)({ workflow, incidentId, input, situation });
    const { law } = decision;
    decided(run, 'START_WORKFLOW', decision);
    if (decision.verdict === 'refuse') {
      run.tale.tell({ kind: 'match.refused', note: decision.clauses.map(({ refusal }) => refusal).join(' ') });
      return { ok: true, simulation: reportOf(run, beginning, { status: 'REFUSED', law, history: [], began }) };
    }
    run.tale.tell({ kind: 'workflow.started' });
    run.counts.events += 1;
    const history = await play(run, agenda);
    const status = run.execution.status as Simulation['status'];
    return { ok: true, simulation: reportOf(run, beginning, { status, law, history, began }) };
  };
