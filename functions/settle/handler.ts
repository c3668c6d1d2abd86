import { serve } from '../../shared/domain/allocation/serve.ts';
import { createLending } from '../../shared/domain/joint/lending.ts';
import { partiesIn } from '../../shared/domain/joint/parties.ts';
import { createScopes } from '../../shared/domain/joint/scope.ts';
import { ownBus } from '../../shared/lambda/bus.ts';
import { dynamoDb } from '../../shared/lambda/clients.ts';
import { deadlines } from '../../shared/lambda/deadlines.ts';
import { type BusEvent, lazily, setting, sqsDoor } from '../../shared/lambda/doors.ts';
import { tokens } from '../../shared/lambda/machines.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { createPolicyEngine } from '../../shared/policy/index.ts';
import { vaultFor } from '../../shared/restricted/index.ts';
import { deadLettersStore } from '../../shared/stores/dead-letters.ts';
import { eventsStore } from '../../shared/stores/events.ts';
import { executionsStore } from '../../shared/stores/executions.ts';
import { factsStore } from '../../shared/stores/facts.ts';
import { incidentsStore } from '../../shared/stores/incidents.ts';
import { jointStore } from '../../shared/stores/joint.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import { kernelStore } from '../../shared/stores/kernel.ts';
import { resourcesStore } from '../../shared/stores/resources.ts';
import { settleAnswer } from './answer.ts';
import { control } from './control.ts';
import { refresh } from './refresh.ts';
import { replan } from './replan.ts';
import { settleReply } from './reply.ts';

/** The door of `settle`: subsystems' replies and people's answers, for the task tokens that wait for them, what changed under open questions, and what becomes of a step whose unit was taken, and the line of those who wait for one. */
export const create = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const { clock, log } = runtime;
  const incidents = incidentsStore(client, setting(runtime, 'INCIDENTS_TABLE'), eventsStore(client, setting(runtime, 'EVENTS_TABLE')));
  const opening = { joint: jointStore(client, setting(runtime, 'JOINT_TABLE')), incidents, parties: partiesIn(runtime), clock };
  const journal = journalStore({ client, name: setting(runtime, 'JOURNAL_TABLE'), runtime });
  const deps = {
    executions: executionsStore(client, setting(runtime, 'EXECUTIONS_TABLE')),
    incidents,
    facts: factsStore(client, setting(runtime, 'FACTS_TABLE'), runtime.clock),
    policy: createPolicyEngine(),
    lending: createLending(opening),
    scopes: createScopes(opening),
    journal,
    vault: vaultFor(runtime, journal),
    bury: deadLettersStore(client, setting(runtime, 'DEAD_LETTERS_TABLE')).bury,
    resources: resourcesStore(client, setting(runtime, 'RESOURCES_TABLE')),
    tokens: tokens(runtime),
    bus: ownBus(runtime),
    deadline: deadlines(runtime),
    kernel: kernelStore(client, setting(runtime, 'KERNEL_TABLE')),
    clock,
    log,
  };
  const reply = settleReply(deps);
  /** By detail type; what stands here not is a reply. */
  const rooms: Readonly<Record<string, (event: BusEvent) => Promise<void>>> = {
    'approval.answered': settleAnswer(deps),
    'workflow.updated': refresh(deps),
    'execution.control': control(deps),
    'resource.preempted': replan(deps),
    'resource.freed': serve(deps, 'system/settle'),
  };
  return sqsDoor(runtime, (event) => (rooms[event['detail-type']] ?? reply)(event));
};

export const handler = lazily(create);
