import type { Bus } from '../../client/bus.ts';
import type { Source } from '../../shared/contracts/vocabulary.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import { type Clerk, createClerk } from './clerk.ts';
import { createDesk, type Desk } from './desk.ts';
import { createFleet, type Fleet } from './fleet.ts';
import type { Inbox, Letter } from './inbox.ts';
import { orderIn } from './letters.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { ROSTER } from './roster.ts';
import { heartbeat, registered, unitStatus } from './statements.ts';
import { verdict } from './verdicts.ts';

/** The subsystems that perform actions; each reads its own queue. */
export const SUBSYSTEMS = [
  'drone_ops',
  'robotics',
  'dispatch',
  'officer_safety',
  'sensor_grid',
  'cctv_network',
  'investigations',
  'predictive_intel',
  'threat_intel',
  'human_stability',
  'fusion_cloud',
  'emergency_mgmt',
  'digital_twin',
  'moral_compass',
  'public_guardian',
] as const satisfies readonly Source[];

/** What the city is wired to: a bus, a queue for each subsystem, and a clock. */
interface CityDeps {
  readonly bus: Pick<Bus, 'put'>;
  readonly inboxOf: (subsystem: Source, onLetter: (letter: Letter) => void, onTrouble: (why: unknown) => void) => Inbox;
  readonly scheduler: Scheduler;
  /** Uniform in [0, 1); the scheduler's own unless told. */
  readonly random?: () => number;
  /** Share of actions that fail. */
  readonly failureRate?: number;
  /** How many times faster than life units travel. */
  readonly speed?: number;
  readonly onLine?: (line: string) => void;
  /** How often each subsystem says that it lives (ms); every minute unless told. */
  readonly heartbeatMs?: number;
  /** How often units that stand still say where they are (ms). */
  readonly restateMs?: number;
}

export interface City {
  /** Resolves when its fleet and what stands in it were stated on the bus. */
  readonly awake: Promise<void>;
  /** Changes the share of actions that fail from now on. */
  setFailureRate(rate: number): void;
  stop(): Promise<void>;
}

const HEARTBEAT_MS = 60_000;

const receiver =
  (desk: Desk, clerk: Clerk, onLine: (line: string) => void) =>
  async (letter: Letter): Promise<void> => {
    const order = orderIn(letter.body);
    // What is not understood stays on the queue: its dead-letter queue is where an operator looks.
    if (typeof order === 'string') return onLine(`Left on the queue: ${order}`);
    if (order.kind === 'requested') {
      clerk.file(order.order.incidentId);
      await desk.requested(order.order);
    } else if (order.kind === 'cancelled') await desk.cancelled(order.order);
    else if (order.kind === 'updated') await desk.updated(order.order);
    else if (order.kind === 'corrected') await desk.corrected(order.order);
    else await clerk.state(verdict(order.order), `verdict/${order.order.subsystem}/${order.order.workflow}/asked`);
    letter.remove();
  };

/** Each subsystem says that it is there, and that it lives: at once, and then every so often. */
const beat = (scheduler: Scheduler, outbox: Outbox, run: string, everyMs: number): (() => void) => {
  let cancel = () => {};
  const tick = (): void => {
    for (const subsystem of SUBSYSTEMS) void outbox.post(heartbeat(subsystem, run, scheduler.now()));
    cancel = scheduler.after(everyMs, tick);
  };
  for (const subsystem of SUBSYSTEMS) void outbox.post(registered(subsystem, run, scheduler.now(), everyMs / 1000));
  tick();
  return () => cancel();
};

/** More often than a place grows old to those who allocate. */
const RESTATE_MS = 600_000;

/** Units that stand still say where they are, every so often. */
const restating = (scheduler: Scheduler, fleet: Pick<Fleet, 'restate'>, everyMs: number): (() => void) => {
  const again = (): void => {
    fleet.restate();
    cancel = scheduler.after(everyMs, again);
  };
  let cancel = scheduler.after(everyMs, again);
  return () => cancel();
};

/** The city, whatever carries its letters: the plain SDK against a running SWOE, or calls within a test's process. */
export const createCity = (deps: CityDeps): City => {
  const { bus, inboxOf, scheduler, onLine = () => {}, speed = 20, heartbeatMs = HEARTBEAT_MS, restateMs = RESTATE_MS } = deps;
  const random = deps.random ?? (() => scheduler.random());
  const run = new Date(scheduler.now()).toISOString();
  let failureRate = deps.failureRate ?? 0.02;

  const outbox = createOutbox(bus, ({ type, source }, why) => onLine(`The bus refused ${type} of ${source}: ${why}`));
  const fleet = createFleet({
    scheduler,
    speed,
    roster: ROSTER,
    report: (unit, standing, what) => void outbox.post(unitStatus(unit, standing, what, run, scheduler.now())),
  });
  const clerk = createClerk(run, scheduler.now, outbox.post);
  const lines: { desk: Desk; inbox: Inbox }[] = SUBSYSTEMS.map((subsystem) => {
    const desk = createDesk({ subsystem, scheduler, random, fleet, speed, failureRate: () => failureRate, post: outbox.post, onLine });
    const receive = receiver(desk, clerk, onLine);
    const trouble = (why: unknown): void => onLine(`${subsystem}: ${why instanceof Error ? why.message : String(why)}`);
    return { desk, inbox: inboxOf(subsystem, (letter) => void receive(letter).catch(trouble), trouble) };
  });

  clerk.open();
  fleet.register();
  const quiet = beat(scheduler, outbox, run, heartbeatMs);
  const still = restating(scheduler, fleet, restateMs);

  return {
    awake: outbox.drained(),
    setFailureRate: (rate) => {
      failureRate = rate;
    },
    stop: async () => {
      quiet();
      still();
      fleet.stop();
      for (const { desk, inbox } of lines) {
        inbox.stop();
        desk.stop();
      }
      await outbox.drained();
    },
  };
};
