import { openBus } from '../../client/bus.ts';
import { createRealScheduler } from '../kernel/real-scheduler.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import { pause } from '../tools/pause.ts';
import { type City, createCity } from './city.ts';
import { openInbox } from './inbox.ts';

export { type City, SUBSYSTEMS } from './city.ts';

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

/** Starts the city against a running SWOE, over the plain SDK. Resolves when its fleet and what stands in it were stated on the bus. */
export const startCity = async (options: CityOptions): Promise<City> => {
  const { awsEndpoint, queuePrefix = 'swoe-dev-actions-', ...rest } = options;
  const own = createRealScheduler();
  const scheduler = options.scheduler ?? own;
  const wait = pause(scheduler);
  const bus = openBus(awsEndpoint, { wait });
  const city = createCity({
    ...rest,
    scheduler,
    bus,
    inboxOf: (subsystem, onLetter, onTrouble) =>
      openInbox({ endpoint: awsEndpoint, queue: `${queuePrefix}${subsystem}`, wait, onLetter, onTrouble }),
  });
  await city.awake;
  return {
    ...city,
    stop: async () => {
      await city.stop();
      own.stop();
      bus.close();
    },
  };
};
