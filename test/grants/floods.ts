import { sources } from '../../shared/sources/index.ts';
import { north, type Scene } from './stage.ts';

const FLOODED = 'city_autonomy';
const AT_ONCE = 10;

const beat = (n: number) => ({
  EventBusName: 'swoe',
  Source: FLOODED,
  DetailType: 'subsystem.heartbeat',
  Detail: JSON.stringify({
    specversion: '1.0',
    id: `beat-${n}`,
    source: FLOODED,
    type: 'subsystem.heartbeat',
    data: { subsystem: FLOODED },
  }),
});

/** What the screen keeps from being taken in at once: scenes of `exercise`. */
export const floods: Readonly<Record<string, Scene>> = {
  /** Heartbeats are the cheapest thing that waits. */
  'a source says more at once than it may, and the rest waits': async ({ running }) => {
    const { machine } = running;
    for (let n = 0; n < sources[FLOODED].rate.burst + 2 * AT_ONCE; n += AT_ONCE) {
      const Entries = Array.from({ length: AT_ONCE }, (_, at) => beat(n + at));
      await running.live(machine.call(machine.localUser, 'events', 'PutEvents', { Entries }));
    }
    // A label takes it into the lane of what is CRITICAL; what it says is not, and waits there.
    const Entries = [{ ...beat(9_999), DetailType: 'gunshot.detected' }];
    await running.live(machine.call(machine.localUser, 'events', 'PutEvents', { Entries }));
    await running.pass(5_000);
  },
  /** The second look is dropped; the third is received again after a function that died with it. */
  'a reader sees one plate three times': async ({ running, failing }) => {
    const look = (id: string) => ({
      specversion: '1.0',
      id,
      source: 'reader-7',
      type: 'plate.read',
      data: { ...north(24_000), priority: 'LOW', entities: [{ kind: 'plate', id: 'RBL5521' }] },
    });
    await running.put('lpr_network', 'plate.read', look('look-1'));
    await running.put('lpr_network', 'plate.read', look('look-2'));
    await running.pass(1_000);
    failing.add('swoe-dev-ingest');
    await running.put('lpr_network', 'plate.read', look('look-3'));
    await running.pass(1_000);
    failing.clear();
    await running.pass(200_000);
  },
};
