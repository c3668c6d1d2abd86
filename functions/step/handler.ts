import { StepCommand } from '../../shared/contracts/execution.ts';
import { createLending } from '../../shared/domain/joint/lending.ts';
import { partiesIn } from '../../shared/domain/joint/parties.ts';
import { partnerTermsIn } from '../../shared/domain/sharing/terms.ts';
import { ownBus } from '../../shared/lambda/bus.ts';
import { dynamoDb } from '../../shared/lambda/clients.ts';
import { lazily, setting, taskDoor } from '../../shared/lambda/doors.ts';
import { tokens } from '../../shared/lambda/machines.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { createPolicyEngine } from '../../shared/policy/index.ts';
import { vaultFor } from '../../shared/restricted/index.ts';
import { eventsStore } from '../../shared/stores/events.ts';
import { executionsStore } from '../../shared/stores/executions.ts';
import { factsStore } from '../../shared/stores/facts.ts';
import { incidentsStore } from '../../shared/stores/incidents.ts';
import { jointStore } from '../../shared/stores/joint.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import { kernelStore } from '../../shared/stores/kernel.ts';
import { resourcesStore } from '../../shared/stores/resources.ts';
import { spoolStore } from '../../shared/stores/spool.ts';
import { ask, hold } from './ask.ts';
import { miss } from './miss.ts';
import { perform } from './perform.ts';

/** The door of `step`: what a state machine asks for. What it decides stands in perform.ts, allocate.ts and ask.ts. */
export const create = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const { clock, random } = runtime;
  const incidents = incidentsStore(client, setting(runtime, 'INCIDENTS_TABLE'), eventsStore(client, setting(runtime, 'EVENTS_TABLE')));
  const joint = jointStore(client, setting(runtime, 'JOINT_TABLE'));
  const journal = journalStore({ client, name: setting(runtime, 'JOURNAL_TABLE'), runtime });
  const deps = {
    executions: executionsStore(client, setting(runtime, 'EXECUTIONS_TABLE')),
    incidents,
    resources: resourcesStore(client, setting(runtime, 'RESOURCES_TABLE')),
    facts: factsStore(client, setting(runtime, 'FACTS_TABLE'), runtime.clock),
    journal,
    vault: vaultFor(runtime, journal),
    kernel: kernelStore(client, setting(runtime, 'KERNEL_TABLE')),
    spool: spoolStore(client, setting(runtime, 'EXECUTIONS_TABLE'), runtime),
    log: runtime.log,
    bus: ownBus(runtime),
    tokens: tokens(runtime),
    policy: createPolicyEngine(),
    lending: createLending({ joint, incidents, parties: partiesIn(runtime), clock }),
    partnerTerms: partnerTermsIn(setting(runtime, 'PARTNER_TERMS')),
    clock,
    random,
  };
  const [onPerform, onHold, onAsk, onMiss] = [perform(deps), hold(deps), ask(deps), miss(deps)];

  return taskDoor(runtime, StepCommand, async (command: StepCommand): Promise<object> => {
    if (command.op === 'perform') await onPerform(command);
    else if (command.op === 'hold') await onHold(command);
    else if (command.op === 'ask') await onAsk(command);
    else await onMiss(command);
    return {};
  });
};

export const handler = lazily(create);
