import type { Key } from '../../local/engines/identity/index.ts';
import { newKey } from '../../local/engines/identity/index.ts';
import { createSimulatedDisk } from '../../local/kernel/simulated-disk.ts';
import { createVirtualScheduler } from '../../local/kernel/virtual-scheduler.ts';
import { type Prepared, prepareAssembly } from '../../local/template/prepare.ts';
import { certifiedFor } from '../support/certified.ts';
import { standing } from '../support/statements.ts';
import { countFaults } from './faults.ts';
import { createClient } from './outside/client.ts';
import { ON_DUTY } from './outside/people.ts';
import { placeAt } from './scenario.ts';
import { createWorld } from './world.ts';

/** A city before anything happens: prepared once for all runs of a process. */
export interface Base {
  readonly assembly: Prepared;
  readonly key: Key;
  /** The disk of a machine whose fleet has reported and whose council has spoken. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly now: number;
}

const START = Date.UTC(2026, 10, 22, 17);

const FLEET: readonly (readonly [id: string, type: string, northM: number])[] = [
  ['drone-1', 'DRONE', 400],
  ['drone-2', 'DRONE', 900],
  ['officer-1', 'OFFICER', 300],
  ['officer-2', 'OFFICER', 500],
  ['officer-3', 'OFFICER', 700],
  ['officer-4', 'OFFICER', 1500],
  ['car-1', 'VEHICLE', 350],
  ['car-2', 'VEHICLE', 1200],
];

const statement = (id: string, type: string, data: object) => ({ specversion: '1.0', id, source: 'base', type, data });

export const prepareBase = async (folder: string): Promise<Base> => {
  const scheduler = createVirtualScheduler({ seed: 'base', start: START });
  const key = await newKey();
  const assembly = await prepareAssembly(folder);
  const disk = createSimulatedDisk({ random: () => 0.5 });
  const options = { assembly, key, scheduler, disk: () => disk, faults: countFaults([]), compactAt: 40_000, onRecord: () => {} };
  const world = await createWorld(options);
  if (world.refusal()) throw new Error(`The machine did not come up: ${world.refusal()}`);
  const client = createClient(world);
  for (const stated of standing(START, ON_DUTY)) void client.put(stated);
  for (const [id, type, northM] of FLEET) {
    const data = { unit: { id, type, status: 'AVAILABLE', certifications: certifiedFor(type) }, location: placeAt(northM, 5) };
    void client.put({ source: 'dispatch', type: 'unit.status', detail: statement(`base-${id}`, 'unit.status', data) });
  }
  await scheduler.run(START + 50_000);
  await world.machine()?.stop();
  return { assembly, key, files: disk.files(), now: scheduler.now() };
};
