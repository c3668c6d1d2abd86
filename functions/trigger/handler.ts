import type { GuardrailDecision } from '../../shared/contracts/policy.ts';
import { machineInput } from '../../shared/domain/begin.ts';
import { dynamoDb } from '../../shared/lambda/clients.ts';
import { lazily, setting, sqsDoor } from '../../shared/lambda/doors.ts';
import { machines } from '../../shared/lambda/machines.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { createPolicyEngine } from '../../shared/policy/index.ts';
import { executionsStore } from '../../shared/stores/executions.ts';
import { factsStore } from '../../shared/stores/facts.ts';
import { incidentsStore } from '../../shared/stores/incidents.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import { workflows } from '../../workflows/index.ts';
import type { Wanted } from './plan.ts';
import { trigger } from './trigger.ts';

/** The door of `trigger`: normalised events, people's requests and merges. What they start stands in admit.ts. */
export const create = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const { clock } = runtime;
  const executions = executionsStore(client, setting(runtime, 'EXECUTIONS_TABLE'));
  const incidents = incidentsStore(client, setting(runtime, 'INCIDENTS_TABLE'));
  const facts = factsStore(client, setting(runtime, 'FACTS_TABLE'));
  const journal = journalStore({ client, name: setting(runtime, 'JOURNAL_TABLE'), runtime });
  const policy = createPolicyEngine();
  const step = machines(runtime);

  const mayStart = async ({ workflow, incidentId, input }: Wanted): Promise<GuardrailDecision> =>
    policy.decide({
      workflow: workflow.name,
      action: 'START_WORKFLOW',
      incident: {
        id: incidentId,
        sources: input.event?.incident.sources ?? [],
        independentSources: input.event?.incident.independentSources ?? 0,
        type: input.event?.type ?? 'manual',
      },
      facts: await facts.about([`incident/${incidentId}`, 'city']),
      now: clock.now(),
      guardrails: workflow.guardrails,
    });

  const start = async (executionId: string): Promise<void> => {
    const execution = await executions.get(executionId);
    if (!execution) throw new Error(`Execution ${executionId} is not stored; its match will be delivered again`);
    await step.start(execution.workflow, executionId, machineInput(execution));
  };

  const stop = async (executionId: string, cause: string): Promise<void> => {
    const execution = await executions.get(executionId);
    if (execution) await step.stop(execution.workflow, executionId, 'SWOE.Cancelled', cause);
  };

  return sqsDoor(runtime, trigger({ executions, incidents, journal, clock, mayStart, start, stop }, workflows));
};

export const handler = lazily(create);
