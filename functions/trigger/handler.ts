import type { GuardrailDecision } from '../../shared/contracts/policy.ts';
import { machineInput } from '../../shared/domain/begin.ts';
import { yieldOn } from '../../shared/domain/hand-over.ts';
import { judgeStart } from '../../shared/domain/judge.ts';
import { LIMITS } from '../../shared/domain/kernel/limits.ts';
import { situationOf } from '../../shared/domain/situation.ts';
import { ownBus } from '../../shared/lambda/bus.ts';
import { dynamoDb } from '../../shared/lambda/clients.ts';
import { deadlines } from '../../shared/lambda/deadlines.ts';
import { lazily, setting, sqsDoor } from '../../shared/lambda/doors.ts';
import { machines, tokens } from '../../shared/lambda/machines.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { createPolicyEngine } from '../../shared/policy/index.ts';
import { vaultFor } from '../../shared/restricted/index.ts';
import { eventsStore } from '../../shared/stores/events.ts';
import { executionsStore } from '../../shared/stores/executions.ts';
import { factsStore } from '../../shared/stores/facts.ts';
import { incidentsStore } from '../../shared/stores/incidents.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import { kernelStore } from '../../shared/stores/kernel.ts';
import { isGoing } from '../../shared/stores/lifecycle.ts';
import { resourcesStore } from '../../shared/stores/resources.ts';
import { workflowNamed, workflows } from '../../workflows/index.ts';
import type { Wanted } from './plan.ts';
import { trigger } from './trigger.ts';

const storesOf = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const events = eventsStore(client, setting(runtime, 'EVENTS_TABLE'));
  const journal = journalStore({ client, name: setting(runtime, 'JOURNAL_TABLE'), runtime });
  return {
    events,
    executions: executionsStore(client, setting(runtime, 'EXECUTIONS_TABLE')),
    incidents: incidentsStore(client, setting(runtime, 'INCIDENTS_TABLE'), events),
    resources: resourcesStore(client, setting(runtime, 'RESOURCES_TABLE')),
    facts: factsStore(client, setting(runtime, 'FACTS_TABLE'), runtime.clock),
    kernel: kernelStore(client, setting(runtime, 'KERNEL_TABLE')),
    journal,
    vault: vaultFor(runtime, journal),
  };
};

/** Whether the guardrails let a workflow start, on what SWOE knows of its incident by itself. */
const admission = (stores: ReturnType<typeof storesOf>, { clock }: Runtime) => {
  const policy = createPolicyEngine();
  return async ({ workflow, incidentId, input }: Wanted): Promise<GuardrailDecision> => {
    const situation = await situationOf(stores)({ incidentId }, [`workflow/${workflow.name}`]);
    return judgeStart({ policy, clock })({ workflow, incidentId, input, situation });
  };
};

/** The door of `trigger`: events, requests, the clock, ends and merges. What they start stands in admit.ts. */
export const create = (runtime: Runtime) => {
  const stores = storesOf(runtime);
  const { executions } = stores;
  const [machine, deadline] = [machines(runtime), deadlines(runtime)];
  const supersedes = (name: string) => workflowNamed(name)?.supersedes ?? [];
  const deps = {
    ...stores,
    limits: LIMITS,
    supersedes,
    bus: ownBus(runtime),
    clock: runtime.clock,
    log: runtime.log,
    tokens: tokens(runtime),
  };

  const start = async (executionId: string): Promise<void> => {
    const execution = await executions.get(executionId);
    if (!execution) throw new Error(`Execution ${executionId} is not stored; its match will be delivered again`);
    if (!isGoing(execution)) return;
    await deadline.set(execution);
    await machine.start(execution.workflow, executionId, machineInput(execution));
  };

  const stopIfOver = async (executionId: string): Promise<void> => {
    const execution = await executions.get(executionId);
    if (execution && !isGoing(execution)) await machine.stop(execution.workflow, executionId, 'SWOE.Overtaken', execution.cause ?? '');
  };

  const giveWay = yieldOn(deps, 'system/trigger');
  return sqsDoor(runtime, trigger({ ...deps, mayStart: admission(stores, runtime), giveWay, start, stopIfOver }, workflows));
};

export const handler = lazily(create);
