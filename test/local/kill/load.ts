import { setTimeout as pause } from 'node:timers/promises';
import { type Dice, placeAt } from '../../simulation/scenario.ts';
import { certifiedFor } from '../../support/certified.ts';
import { standing } from '../../support/statements.ts';
import type { Bus } from './bus.ts';

const UNITS: readonly (readonly [type: string, count: number])[] = [
  ['OFFICER', 60],
  ['VEHICLE', 30],
  ['DRONE', 12],
];
const CALLS = ['call.medical', 'call.fire', 'call.traffic', 'call.other'];

const envelope = (id: string, source: string, type: string, data: object) => ({ specversion: '1.0', id, source, type, data });

/** A fleet that reported itself, and what the city has stated. */
export const populate = async (bus: Bus): Promise<void> => {
  for (const { source, type, detail } of standing(Date.now())) await bus.put(source, type, detail as object);
  const units = UNITS.flatMap(([type, count]) => [...Array(count).keys()].map((n) => ({ id: `${type.toLowerCase()}-${n}`, type, n })));
  for (const { id, type, n } of units) {
    const data = { unit: { id, type, status: 'AVAILABLE', certifications: certifiedFor(type) }, location: placeAt(n * 400, 5) };
    await bus.put('dispatch', 'unit.status', envelope(`status-${id}`, 'dispatch', 'unit.status', data));
  }
};

const shots = (dice: Dice, bus: Bus, nth: number): void => {
  const home = dice.whole(0, 60) * 400;
  const heard = dice.pick([1, 1, 2, 3]);
  for (let n = 0; n < heard; n += 1) {
    const [source, type] = dice.chance(0.6) ? ['gunshot_detection', 'gunshot.detected'] : ['cad_system', 'call.shots-fired'];
    const data = { location: placeAt(home + n * 40), confidence: dice.chance(0.85) ? 0.93 : 0.4 };
    void bus.put(String(source), String(type), envelope(`shot-${nth}-${n}`, 'sensor-12', String(type), data));
  }
};

/** As replays of a 911 log and a CAD feed are: many events, most of which start nothing. */
const calls = (dice: Dice, bus: Bus, nth: number): void => {
  const location = placeAt(dice.whole(0, 25_000), 50);
  if (dice.chance(0.5)) {
    const type = dice.pick(CALLS);
    void bus.put('dispatch', type, envelope(`call-${nth}`, 'dispatch', type, { location, summary: `EMS: CALL ${nth}` }));
    return;
  }
  for (const change of ['opened', 'updated', 'cleared']) {
    const type = `call.${change}`;
    const data = { location, entities: [{ kind: 'cad-incident', id: `C-${nth}` }], summary: `Call ${change}` };
    void bus.put('cad_system', type, envelope(`C-${nth}/${change}`, 'cad_system', type, data));
  }
};

export interface Load {
  stop(): void;
}

/** A busy evening: `gunfire` shots and ten times as many calls a second, until stopped. No more than `most` entries wait for the bus. */
export const startLoad = (dice: Dice, bus: Bus, gunfire: number, most = 100): Load => {
  let running = true;
  const run = async (): Promise<void> => {
    for (let nth = 1; running; nth += 1) {
      if (bus.open() < most) {
        if (dice.chance(0.1)) shots(dice, bus, nth);
        else calls(dice, bus, nth);
      }
      await pause(dice.whole(0, 200 / gunfire));
    }
  };
  void run();
  return {
    stop: () => {
      running = false;
    },
  };
};
