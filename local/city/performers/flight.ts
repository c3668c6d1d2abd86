import { about, type Beat, done, failed, type Performer, say } from '../plan.ts';
import { travelMs } from '../travel.ts';

const LAUNCH_MS = 1500;

interface Craft {
  readonly pilot: string;
  readonly accepted: string;
  readonly launched: string;
  readonly arrived: string;
}

/** A crewed machine: its operator accepts, it sets off, and the answer comes when the first one is on scene. */
const machine =
  (craft: Craft): Performer =>
  (request, view) => {
    const to = request.location;
    if (!to) return [failed(300, 'NO_LOCATION', 'There is no place to send it to.')];
    if (request.units.length === 0) return [failed(300, 'NO_UNITS', 'No unit was named with the request.')];
    const ways = request.units.flatMap(({ id, fence }) => {
      const [at, unit] = [view.placeOf(id), view.unit(id)];
      const ms = at && unit && travelMs(unit.type, at, to, view.speed);
      return ms === undefined ? [] : [{ id, fence, ms }];
    });
    if (ways.length === 0) return [failed(700, 'OUT_OF_RANGE', 'The place is beyond reach.')];
    const accepted = about(1000, view.random);
    const off = accepted + about(LAUNCH_MS, view.random);
    const beats = ways.flatMap(({ id, fence, ms }): Beat[] => [
      { afterMs: off, kind: 'send', unit: id, to, fence },
      say(off, { stage: 'EN_ROUTE', by: id, note: `${craft.launched}, ${Math.max(1, Math.round(ms / 1000))} s to the scene` }),
      say(off + ms, { stage: 'ON_SCENE', by: id, note: craft.arrived }),
    ]);
    const first = Math.min(...ways.map(({ ms }) => ms));
    return [
      say(150, { stage: 'DELIVERED', by: craft.pilot }),
      say(accepted, { stage: 'ACCEPTED', by: craft.pilot, note: craft.accepted }),
      ...beats,
      done(off + first, { stage: 'ON_SCENE', by: craft.pilot, result: { units: ways.map(({ id }) => id), pilot: craft.pilot } }),
    ];
  };

/** Sensors point at the scene and are stowed on the way; there is no microphone (FS 934.50, FS 934.03). */
export const drone = machine({
  pilot: 'remote-pilot-4',
  accepted: 'Remote pilot accepts the flight; airspace and weather checked.',
  launched: 'launched, sensors stowed',
  arrived: 'overhead, camera on the scene only',
});

export const robot = machine({
  pilot: 'robot-operator-2',
  accepted: 'Operator accepts; the robot carries no weapon.',
  launched: 'loaded and rolling',
  arrived: 'at the perimeter',
});
