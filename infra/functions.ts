import type { FunctionSpec } from './function-spec.ts';

/** The journal only grows: its last entry is read and the next one put. Nothing that runs may change or delete an entry. */
const chain = ['Query', 'PutItem'] as const;

/**
 * What each room of functions/ is given: time, memory, tables with the calls it may make on them, and nothing else. A transaction asks for the
 * permission of each of its parts; a condition check is a permission of its own. What stands here is what the rooms call and no more: `npm run iam`
 * shows what is never used.
 */
export const functions = {
  ingest: {
    calledBy: 'queue',
    timeout: 30,
    memory: 512,
    concurrency: 50,
    tables: {
      // A large event's data is read by itself.
      events: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'],
      incidents: ['GetItem', 'Query', 'PutItem', 'BatchWriteItem', 'ConditionCheckItem'],
      // What two persons said of a fact goes with it into another incident.
      facts: ['Query', 'PutItem'],
      journal: chain,
      'dead-letters': ['PutItem'],
      // Turns, repeats and what was dropped.
      sources: ['BatchGetItem', 'PutItem', 'UpdateItem'],
      // Restricted data is sealed before anything of it is stored.
      vault: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
    },
    vaultKey: ['GenerateDataKey', 'Decrypt'],
    bus: 'own',
  },
  register: {
    calledBy: 'queue',
    timeout: 30,
    memory: 256,
    concurrency: 10,
    tables: {
      // Whoever waits for such a unit hears that it can be sent.
      resources: ['GetItem', 'Query', 'PutItem', 'DeleteItem'],
      // A subsystem says that it is there.
      kernel: ['GetItem', 'PutItem'],
      journal: chain,
    },
    bus: 'own',
  },
  trigger: {
    calledBy: 'queue',
    timeout: 30,
    memory: 1024,
    concurrency: 50,
    tables: {
      executions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'],
      // An incident of one event is read from the event.
      incidents: ['Query'],
      events: ['GetItem'],
      // Who takes over from another run takes over its units before it starts.
      resources: ['GetItem', 'Query', 'PutItem', 'DeleteItem'],
      facts: ['Query'],
      // Nothing starts that the engine does not let start; what waits is put into its queue and taken out.
      kernel: ['GetItem', 'Query', 'PutItem', 'DeleteItem', 'ConditionCheckItem'],
      journal: chain,
      // A correction tells a subsystem who somebody is now.
      vault: ['BatchGetItem'],
    },
    vaultKey: ['Decrypt'],
    bus: 'own',
    machines: ['StartExecution', 'SendTaskSuccess'],
    executions: ['StopExecution'],
    schedules: ['CreateSchedule', 'UpdateSchedule'],
    knowsMachines: true,
  },
  step: {
    calledBy: 'machine',
    timeout: 30,
    memory: 1024,
    concurrency: 100,
    // Whose units may be sent beside ours.
    forGuests: { joint: ['Query', 'ConditionCheckItem'] },
    knowsAgencies: true,
    knowsPartners: true,
    tables: {
      executions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
      incidents: ['Query'],
      events: ['GetItem'],
      resources: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      facts: ['Query'],
      // A step that the engine does not let be dispatched waits in its queue; one that nobody answered counts against its subsystem.
      kernel: ['GetItem', 'BatchGetItem', 'PutItem', 'ConditionCheckItem'],
      journal: chain,
      // Whoever must act on a person is told who it is.
      vault: ['BatchGetItem'],
    },
    vaultKey: ['Decrypt'],
    bus: 'own',
    machines: ['SendTaskSuccess', 'SendTaskFailure'],
  },
  settle: {
    calledBy: 'queue',
    timeout: 30,
    memory: 512,
    concurrency: 50,
    // Whose units may be sent beside ours, and who answers for another agency.
    forGuests: { joint: ['Query', 'ConditionCheckItem'] },
    knowsAgencies: true,
    tables: {
      executions: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
      // A person's word counts on the facts as they are now.
      incidents: ['Query'],
      events: ['GetItem'],
      facts: ['Query'],
      // How long the engine stood paused moves a deadline; an answer counts for or against its subsystem.
      kernel: ['GetItem', 'PutItem'],
      // A run from which a unit was taken allocates again.
      resources: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      journal: chain,
      'dead-letters': ['PutItem'],
      // What a subsystem says of a restricted action is sealed.
      vault: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
    },
    vaultKey: ['GenerateDataKey', 'Decrypt'],
    bus: 'own',
    machines: ['SendTaskSuccess', 'SendTaskFailure'],
    schedules: ['CreateSchedule', 'UpdateSchedule', 'DeleteSchedule'],
  },
  finish: {
    calledBy: 'machine',
    timeout: 60,
    memory: 512,
    concurrency: 20,
    tables: {
      executions: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
      resources: ['GetItem', 'Query', 'PutItem', 'DeleteItem'],
      // A run that ends waits for nothing any more; what it fails by may be a subsystem's silence.
      kernel: ['GetItem', 'Query', 'PutItem', 'DeleteItem'],
      journal: chain,
    },
    bus: 'own',
    executions: ['StopExecution'],
    // A pause of the engine moves deadlines.
    schedules: ['CreateSchedule', 'UpdateSchedule', 'DeleteSchedule'],
    knowsMachines: true,
  },
  publish: {
    calledBy: 'stream',
    timeout: 30,
    memory: 512,
    concurrency: 10,
    knowsAgencies: true,
    tables: {
      channels: ['BatchGetItem', 'PutItem', 'UpdateItem'],
      connections: ['Query', 'DeleteItem'],
      journal: ['Query'],
    },
    // What a joint operation opens to listeners of other agencies, and by which names its incidents go.
    forGuests: { joint: ['Query'], incidents: ['Query'], events: ['GetItem'] },
    pushes: ['POST', 'DELETE'],
  },
  sweep: {
    calledBy: 'schedule',
    timeout: 55,
    memory: 512,
    concurrency: 1,
    tables: {
      // A review that nobody gave in time is read and taken off the list.
      executions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      resources: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'DeleteItem'],
      // Subsystems whose heartbeats do not come. Which weeks of the audit are signed stands there too, and that it was said of one that it is not.
      kernel: ['GetItem', 'BatchGetItem', 'Query', 'PutItem'],
      // An event that started nothing is read, and its incident as it stands.
      events: ['GetItem'],
      incidents: ['Query'],
      // Joint operations whose time is over.
      joint: ['Query', 'PutItem', 'DeleteItem'],
      journal: chain,
      // What took two persons and got one.
      connections: ['Query', 'UpdateItem'],
    },
  },
  checkpoint: {
    calledBy: 'schedule',
    timeout: 55,
    memory: 512,
    concurrency: 1,
    // A chain that is found broken is an entry.
    tables: { journal: chain },
  },
  poll: {
    calledBy: 'schedule',
    timeout: 50,
    memory: 256,
    concurrency: 1,
    tables: {},
    bus: ['weather_service', 'sensor_grid'],
    onlyWith: 'polls',
  },
  share: {
    calledBy: 'queue',
    timeout: 30,
    memory: 512,
    concurrency: 20,
    tables: {
      // Who was told of an event stands beside it; a telling holds while the event is as it was read.
      events: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'],
      // Whether a child is involved.
      facts: ['Query'],
      journal: chain,
    },
    bus: 'out',
    onlyWith: 'agreements',
  },
  connect: {
    calledBy: 'gateway',
    timeout: 10,
    memory: 256,
    concurrency: 20,
    tables: {
      // Who is barred is read by Query.
      connections: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      channels: ['GetItem', 'Query'],
      // A snapshot: the runs under way, the questions that are open, the incidents that were told of last.
      executions: ['GetItem', 'BatchGetItem', 'Query'],
      incidents: ['Query'],
      events: ['GetItem'],
    },
    // What a joint operation opens to people of other agencies.
    forGuests: { joint: ['Query'] },
    knowsAgencies: true,
    // Whoever asks with a token that has ended or was revoked is hung up on.
    pushes: ['POST', 'DELETE'],
  },
  // A ticket is taken by deleting it; who is barred is read.
  authorizer: { calledBy: 'gateway', timeout: 5, memory: 256, concurrency: 50, tables: { connections: ['DeleteItem', 'Query'] } },
  signin: {
    calledBy: 'pool',
    timeout: 5,
    memory: 256,
    concurrency: 10,
    // Attempts that no success followed, and who is barred.
    tables: { connections: ['GetItem', 'Query', 'PutItem', 'DeleteItem'], journal: chain },
  },
  api: {
    calledBy: 'gateway',
    timeout: 15,
    memory: 1024,
    concurrency: 50,
    tables: {
      events: ['GetItem', 'BatchGetItem'],
      incidents: ['GetItem', 'Query'],
      // Who allocates for a run holds it to going on.
      executions: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'],
      // A person allocates, frees, renews, reserves, and says what is of a unit.
      resources: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      // A simulation judges on the facts that are; two persons have a word on one.
      facts: ['BatchGetItem', 'Query', 'PutItem', 'ConditionCheckItem'],
      // Reading the audit is audited.
      journal: ['BatchGetItem', 'Query', 'PutItem'],
      channels: ['BatchGetItem', 'Query'],
      // Tickets; whoever is barred loses their connections; what takes two persons waits there.
      connections: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      // A person takes a letter in hand, sends it again and closes it.
      'dead-letters': ['BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
      sources: ['BatchGetItem'],
      // Joint operations are declared and changed by people.
      joint: ['BatchGetItem', 'Query', 'PutItem', 'DeleteItem'],
      // An operator's word is done when it is answered, and an auditor's.
      kernel: ['GetItem', 'BatchGetItem', 'Query', 'PutItem'],
      // A piece is opened; a subject is found, held and erased.
      vault: ['GetItem', 'BatchGetItem', 'Query', 'UpdateItem', 'DeleteItem'],
    },
    forGuests: { joint: ['ConditionCheckItem'] },
    knowsAgencies: true,
    knowsPartners: true,
    vaultKey: ['Decrypt'],
    pushes: ['DELETE'],
    indexes: { executions: ['byDay'], facts: ['byDay'], journal: ['byDay', 'byIncident', 'byWeek'], 'dead-letters': ['byDay'] },
    bus: 'any',
  },
} as const satisfies Record<string, FunctionSpec>;

export type FunctionName = keyof typeof functions;
export const functionNames = Object.keys(functions) as FunctionName[];
