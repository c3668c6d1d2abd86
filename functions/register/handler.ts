import { ownBus } from '../../shared/lambda/bus.ts';
import { dynamoDb } from '../../shared/lambda/clients.ts';
import { lazily, setting, sqsDoor } from '../../shared/lambda/doors.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import { kernelStore } from '../../shared/stores/kernel.ts';
import { resourcesStore } from '../../shared/stores/resources.ts';
import { register } from './register.ts';

/** The door of `register`: statements that ingest has normalised. What they change stands in register.ts and subsystem.ts. */
export const create = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const { log } = runtime;
  return sqsDoor(
    runtime,
    register({
      resources: resourcesStore(client, setting(runtime, 'RESOURCES_TABLE')),
      bus: ownBus(runtime),
      journal: journalStore({ client, name: setting(runtime, 'JOURNAL_TABLE'), runtime }),
      kernel: kernelStore(client, setting(runtime, 'KERNEL_TABLE')),
      log,
    }),
  );
};

export const handler = lazily(create);
