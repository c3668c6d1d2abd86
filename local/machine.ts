import type { KeyObject } from 'node:crypto';
import type { Runtime } from '../shared/lambda/runtime.ts';
import { createBuckets } from './engines/buckets/buckets.ts';
import { createDynamoDb } from './engines/dynamodb/engine.ts';
import { createEvents } from './engines/events/events.ts';
import { createFunctions } from './engines/functions/functions.ts';
import { createGateway, type Gateway } from './engines/gateway/index.ts';
import { createIdentity, type Identity, type Key, newKey } from './engines/identity/index.ts';
import { createKeys, newSigningKey } from './engines/keys/keys.ts';
import { createQueues, type SendOptions } from './engines/queues/queues.ts';
import { createSchedules } from './engines/schedules/schedules.ts';
import { createStates } from './engines/states/states.ts';
import { AwsError } from './kernel/aws-error.ts';
import type { Call, Ground, Invoke } from './kernel/engine.ts';
import type { Faults } from './kernel/faults.ts';
import type { Durable, Log } from './kernel/log.ts';
import { type Counts, createMeter } from './kernel/meter.ts';
import { mortal } from './kernel/mortal.ts';
import { Refusal } from './kernel/refusal.ts';
import type { ReplayableLog } from './kernel/remembered-log.ts';
import type { Scheduler } from './kernel/scheduler.ts';
import { type Denial, forbiddenDeliveries, type Grant, type GrantId, localUser, type Port, portFor } from './port/index.ts';
import { compileDocument } from './port/statement.ts';
import { engineOf } from './services.ts';
import type { Loader } from './template/bundles.ts';
import { deploy, type Engines } from './template/deploy.ts';
import type { Template } from './template/index.ts';
import { LOCAL } from './template/place.ts';
import { type Prepared, prepareAssembly } from './template/prepare.ts';
import { createLineStore, createWire, type WireRequest, type WireResponse } from './wire/index.ts';

export interface MachineOptions {
  /** The synthesised app: a `cdk.out`, or what `prepareAssembly` made of one for many machines. */
  readonly assembly: string | Prepared;
  readonly scheduler: Scheduler;
  /** One that can replay makes a restart; without one nothing is kept. */
  readonly log: Log | ReplayableLog;
  /** The issuer's key; without one all machines of this process share a fresh one. */
  readonly key?: Key;
  /** The key that signs checkpoints; without one all machines of this process share a fresh one. */
  readonly signingKey?: KeyObject | undefined;
  /** Where the wire will listen, for the URLs that queues are known by. */
  readonly awsPort?: number;
  /** What is to go wrong on purpose. */
  readonly faults?: Faults;
  /** What stands for public servers; without it functions that ask one ask the real one. */
  readonly fetch?: Runtime['fetch'];
  /** A grant of the template to leave out, to see whether anything needs it. */
  readonly without?: GrantId | undefined;
  /** False: what the log says is there to be looked at, and nothing of it goes on. */
  readonly resume?: boolean;
  /** Told what each request to a table consumed. */
  readonly onSpent?: Ground['spent'];
  /** Log lines of functions, and the machine's own complaints under `machine`. */
  readonly onLine?: (from: string, line: object) => void;
}

export interface Machine {
  /** Calls a service as a principal, its policies checked. `localUser` is everybody outside. */
  readonly call: Call;
  readonly localUser: string;
  readonly invoke: Invoke;
  readonly gateway: Gateway;
  readonly identity: Identity;
  /** One request of an AWS JSON protocol, without a socket. */
  wire(request: WireRequest): Promise<WireResponse>;
  readonly engines: Engines;
  readonly template: Template;
  /** Nothing runs or waits to run but clocks, and what waits for someone outside. */
  isIdle(): boolean;
  idle(): Promise<void>;
  /** What AWS would bill since the start, by service and unit. */
  counts(): Counts;
  /** Every grant of the template, and whether it was ever used. */
  grants(): Grant[];
  /** Nothing of this machine runs any more, no call is answered, and what it wrote is on disk once this resolves. */
  stop(): Promise<void>;
}

let shared: Promise<Key> | undefined;
const sharedKey = (): Promise<Key> => {
  shared ??= newKey();
  return shared;
};

let sharedSigning: KeyObject | undefined;
const sharedSigningKey = (): KeyObject => {
  sharedSigning ??= newSigningKey();
  return sharedSigning;
};

const replay = (log: Log | ReplayableLog, durables: readonly Durable[]): void => {
  if (!('replay' in log)) return;
  const byName = new Map(durables.map((durable) => [durable.name, durable]));
  log.replay((name, record) => {
    const durable = byName.get(name);
    if (!durable)
      throw new Refusal(
        `The log has records of "${name}", which this SWOE does not run: start the version that wrote it, or choose another data directory with --data.`,
      );
    durable.replay(record);
  });
};

interface Wiring {
  readonly ground: Ground;
  readonly identity: Identity;
  readonly signingKey: KeyObject;
  readonly load: Loader;
  readonly onLine: NonNullable<MachineOptions['onLine']>;
  readonly awsPort: number | undefined;
  readonly fetch: Runtime['fetch'];
  /** Known only once the engines are. */
  readonly port: () => Port;
  readonly call: Call;
}

/** A policy put by a call is refused where the port could not judge by it. */
const checkPolicy = (policy: string): void => void compileDocument(JSON.parse(policy), 'the policy');

/** The engines, each handed what it needs of the others. */
const connect = ({ ground, identity, signingKey, onLine, load, awsPort, fetch, port, call }: Wiring): Engines => {
  const dynamodb = createDynamoDb(ground);
  const buckets = createBuckets(ground);
  const keys = createKeys(ground, signingKey);
  const queues = createQueues(ground, { port: awsPort, checkPolicy });
  const send = (queueArn: string, body: string, options?: SendOptions) => void queues.send(queueArn, body, options);
  const functions = createFunctions(ground, { load, call, queues, streams: dynamodb, logSink: onLine }, { jwks: identity.jwks, fetch });
  const { invokeAsync } = functions;
  const lacks: Port['lacks'] = (...asked) => port().lacks(...asked);
  // The port asks the bus's policy before the engine is reached; the bus asks the target's.
  const permits = (action: string, target: string, rule: string) => port().permits('events.amazonaws.com', action, target, rule);
  const events = createEvents(ground, { send, invokeAsync, call, permits, lacks, policyOf: queues.policyOf, checkPolicy });
  const schedules = createSchedules(ground, { send, invokeAsync, call, lacks });
  const states = createStates(ground, {
    invoke: (functionArn, payload, roleArn) => port().invoke(roleArn, functionArn, () => functions.invoke(functionArn, payload)),
    call,
    onStatusChange: (event) => events.publishDefault({ ...event, time: ground.scheduler.now() }),
  });
  return { buckets, dynamodb, events, functions, keys, queues, schedules, states };
};

/** What of the engines lives in the log. */
const durable = (engines: Engines): Durable[] => Object.values(engines).filter((engine): engine is Durable => 'replay' in engine);

/** Templates of prepared assemblies whose deliveries were found permitted: machines behind the first need not ask again. */
const permitted = new WeakSet<Template>();

const checkDeliveries = (template: Template, port: Port): void => {
  const forbidden = forbiddenDeliveries(template, port);
  if (forbidden.length > 0) throw new Refusal(`The template wires what it does not permit: ${forbidden.join('; ')}.`);
  permitted.add(template);
};

const restart = (log: Log | ReplayableLog, durables: readonly Durable[], resume: boolean): void => {
  replay(log, durables);
  if (!resume) return;
  for (const durable of durables) durable.resume();
  if (!('replay' in log)) return;
  log.compactFrom?.(function* () {
    for (const durable of durables) for (const record of durable.snapshot()) yield [durable.name, record] as const;
  });
};

/** Reads a synthesised app and runs it in this process: defines everything, replays the log, and takes up what was under way. */
export const createMachine = async (options: MachineOptions): Promise<Machine> => {
  const { assembly, log, key, awsPort, fetch, faults, without } = options;
  const { template, load } = typeof assembly === 'string' ? await prepareAssembly(assembly) : assembly;
  const scheduler = mortal(options.scheduler);
  const identity = createIdentity(key ?? (await sharedKey()), scheduler);
  const lines = createLineStore(scheduler.now);
  const onLine = (from: string, line: object): void => {
    lines.add(from, line);
    options.onLine?.(from, line);
  };
  const { meter, counts } = createMeter();
  const ground: Ground = { scheduler, log, meter, faults, spent: options.onSpent, ...LOCAL };
  const complain = (message: string, fields: Record<string, unknown>) => onLine('machine', { level: 'ERROR', message, ...fields });

  let port: Port | undefined;
  const thePort = (): Port => {
    if (!port) throw new AwsError('ServiceUnavailable', 'The machine is not up yet.', {}, 'server');
    return port;
  };
  const call: Call = (...asked) => (scheduler.stopped() ? new Promise(() => {}) : thePort().call(...asked));
  const engines = connect({
    ground,
    identity,
    signingKey: options.signingKey ?? sharedSigningKey(),
    onLine,
    load,
    awsPort,
    fetch,
    port: thePort,
    call,
  });
  const gateway = createGateway(template, {
    ...ground,
    invoke: engines.functions.invoke,
    permits: (functionArn, sourceArn) => thePort().permits('apigateway.amazonaws.com', 'lambda:InvokeFunction', functionArn, sourceArn),
    complain,
    access: (stage, line) => onLine('access', { stage, ...line }),
  });
  const turn = (): Promise<void> => new Promise((resolve) => scheduler.after(0, resolve));
  const onDenied = (denial: Denial): void => complain('A call was denied', { ...denial });
  const live = (arn: string) => engines.events.policyOf(arn) ?? engines.queues.policyOf(arn);
  port = portFor(template, { ground, engine: engineOf(engines, gateway), turn, live, onDenied, without });

  deploy(template, engines);
  if (typeof assembly === 'string' || without || !permitted.has(template)) checkDeliveries(template, port);
  restart(log, durable(engines), options.resume ?? true);

  const principal = localUser(LOCAL.account);
  const wire = createWire({
    call,
    principal,
    ...LOCAL,
    scheduler,
    complain,
    template,
    sockets: gateway.sockets.map(({ api }) => api),
    lines,
  });
  return {
    call,
    localUser: principal,
    invoke: engines.functions.invoke,
    gateway,
    identity,
    wire,
    engines,
    template,
    isIdle: engines.functions.isIdle,
    idle: engines.functions.idle,
    counts,
    grants: port.grants,
    stop: () => {
      scheduler.stop();
      return log.settled();
    },
  };
};
