import type { Source } from '../../shared/contracts/vocabulary.ts';
import { openBus } from '../client/bus.ts';
import { pause } from '../client/pause.ts';
import { createRealScheduler } from '../kernel/real-scheduler.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import { type Clerk, createClerk } from './clerk.ts';
import { createDesk, type Desk } from './desk.ts';
import { createFleet } from './fleet.ts';
import { type Inbox, type Letter, openInbox } from './inbox.ts';
import { orderIn } from './letters.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { ROSTER } from './roster.ts';
import { heartbeat, unitStatus } from './statements.ts';
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

export interface CityOptions {
  /** `http://127.0.0.1:4566` */
  readonly awsEndpoint: string;
  readonly scheduler?: Scheduler;
  /** Uniform in [0, 1). */
  readonly random?: () => number;
  /** Share of actions that fail. */
  readonly failureRate?: number;
  /** How many times faster than life units travel. */
  readonly speed?: number;
  readonly onLine?: (line: string) => void;
  /** Queues are called `<prefix><subsystem>`. */
  readonly queuePrefix?: string;
}

export interface City {
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
    else await clerk.state(verdict(order.order), `verdict/${order.order.subsystem}/${order.order.workflow}/asked`);
    letter.remove();
  };

/** Each subsystem says that it lives: at once, and then every minute. */
const beat = (scheduler: Scheduler, outbox: Outbox, run: string): (() => void) => {
  let cancel = () => {};
  const tick = (): void => {
    for (const subsystem of SUBSYSTEMS) void outbox.post(heartbeat(subsystem, run, scheduler.now()));
    cancel = scheduler.after(HEARTBEAT_MS, tick);
  };
  tick();
  return () => cancel();
};

/** Starts the city against a running SWOE. Resolves when its fleet and its authorisation were stated on the bus. */
export const startCity = async (options: CityOptions): Promise<City> => {
  const { awsEndpoint, onLine = () => {}, speed = 20, queuePrefix = 'swoe-dev-actions-' } = options;
  const own = createRealScheduler();
  const scheduler = options.scheduler ?? own;
  const random = options.random ?? (() => scheduler.random());
  const wait = pause(scheduler);
  const run = new Date(scheduler.now()).toISOString();
  let failureRate = options.failureRate ?? 0.02;

  const bus = openBus(awsEndpoint, wait);
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
    const inbox = openInbox({
      endpoint: awsEndpoint,
      queue: `${queuePrefix}${subsystem}`,
      wait,
      onLetter: (letter) => void receive(letter).catch(trouble),
      onTrouble: trouble,
    });
    return { desk, inbox };
  });

  clerk.open();
  fleet.register();
  const quiet = beat(scheduler, outbox, run);
  await outbox.drained();

  return {
    setFailureRate: (rate) => {
      failureRate = rate;
    },
    stop: async () => {
      quiet();
      fleet.stop();
      for (const { desk, inbox } of lines) {
        inbox.stop();
        desk.stop();
      }
      await outbox.drained();
      own.stop();
      bus.close();
    },
  };
};
