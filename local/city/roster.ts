import type { ResourceType, Source } from '../../shared/contracts/vocabulary.ts';
import type { Place } from './geo.ts';

/** A unit of the simulated city: invented, at plausible places of Riviera Beach, Florida. */
export interface RosterUnit {
  readonly id: string;
  readonly type: ResourceType;
  readonly name: string;
  /** The source that states its status. */
  readonly owner: Source;
  readonly home: Place;
  readonly capabilities: readonly string[];
  /** What its crew or its airframe was certified for. */
  readonly certifications: readonly string[];
}

type Row = readonly [name: string, lat: number, lon: number, capabilities?: readonly string[], certifications?: readonly string[]];

const fleet = (type: ResourceType, owner: Source, prefix: string, rows: readonly Row[]): RosterUnit[] =>
  rows.map(([name, lat, lon, capabilities = [], certifications = []], at) => ({
    id: `RB-${prefix}-${String(at + 1).padStart(2, '0')}`,
    type,
    name,
    owner,
    home: { lat, lon },
    capabilities,
    certifications,
  }));

/** Whoever flies one from the drone room. */
const PILOT = ['remote-pilot'];

const drones = fleet('DRONE', 'drone_ops', 'DRONE', [
  ['Drone dock, police headquarters', 26.7829, -80.0597, ['thermal', 'zoom', 'speaker-off'], PILOT],
  ['Drone dock, fire station 87', 26.7716, -80.0662, ['thermal', 'zoom'], PILOT],
  ['Drone dock, marina', 26.7741, -80.0507, ['zoom'], PILOT],
  ['Drone dock, water plant', 26.7794, -80.0739, ['zoom'], PILOT],
  ['Drone dock, Singer Island', 26.7867, -80.0351, ['thermal', 'zoom'], PILOT],
  ['Drone dock, Congress Avenue', 26.7842, -80.0871, ['mapping', 'zoom'], PILOT],
]);

const robots = fleet('ROBOT', 'robotics', 'ROBOT', [
  ['Ground robot Anhinga, police headquarters', 26.7829, -80.0597, ['camera', 'two-way-audio']],
  ['Ground robot Ibis, port annex', 26.7689, -80.0549, ['camera', 'gas-sensor']],
]);

/** Where patrols stand at the start of a watch, beat by beat. */
const BEATS: readonly Row[] = [
  ['beat 1, Blue Heron and Broadway', 26.7826, -80.0514],
  ['beat 2, Martin Luther King and Old Dixie', 26.7731, -80.0588],
  ['beat 2, Avenue E', 26.7768, -80.0541],
  ['beat 3, Australian Avenue', 26.7745, -80.0671],
  ['beat 3, 13th Street', 26.7702, -80.0637],
  ['beat 4, Blue Heron and Congress', 26.7833, -80.0868],
  ['beat 4, Garden Road', 26.7876, -80.0939],
  ['beat 5, Military Trail', 26.7829, -80.1127],
  ['beat 6, Ocean Mall', 26.7858, -80.0339],
  ['beat 6, port entrance', 26.7684, -80.0561],
];

/** Every third officer is trained for crises, every second one for the lethality questions, and one reconstructs crashes. */
const trainingOf = (at: number): string[] => [
  ...(at % 3 === 0 ? ['cit'] : []),
  ...(at % 2 === 0 ? ['lethality-assessment'] : []),
  ...(at === 4 ? ['crash-reconstruction'] : []),
];

const officers = fleet(
  'OFFICER',
  'dispatch',
  'OFFICER',
  BEATS.map(([beat, lat, lon], at): Row => [`Patrol officer, ${beat}`, lat, lon, ['trauma-kit'], trainingOf(at)]),
);
const vehicles = fleet(
  'VEHICLE',
  'dispatch',
  'VEHICLE',
  BEATS.map(([beat, lat, lon], at): Row => [`Marked unit, ${beat}`, lat, lon, at % 2 === 0 ? ['aed', 'spikes'] : ['aed']]),
);

const dispatchUnits = fleet('DISPATCH_UNIT', 'dispatch', 'DISPATCH', [
  ['Rescue 87', 26.7716, -80.0662, ['transport'], ['als']],
  ['Rescue 88', 26.7866, -80.0353, ['transport'], ['als']],
  ['Engine 86', 26.7839, -80.0874, ['fire']],
  ['Co-responder team 1', 26.7781, -80.0612, [], ['clinician', 'cit']],
]);

const cameras = fleet('CAMERA', 'cctv_network', 'CAMERA', [
  ['Camera, Martin Luther King and Avenue H', 26.7738, -80.0599],
  ['Camera, 20th Street and Avenue J', 26.7759, -80.0618],
  ['Camera, 22nd Street and Old Dixie', 26.7772, -80.0586],
  ['Camera, Avenue E and 18th Street', 26.7741, -80.0549],
  ['Camera, Blue Heron and Broadway', 26.7827, -80.0515],
  ['Camera, Blue Heron and Australian', 26.7826, -80.0668],
  ['Camera, marina north gate', 26.7752, -80.0501],
  ['Camera, Ocean Mall', 26.7861, -80.0336],
]);

const detectors = fleet('GUNSHOT_DETECTOR', 'gunshot_detection', 'SHOT', [
  ['Acoustic sensor, 19th Street', 26.7751, -80.0604],
  ['Acoustic sensor, Avenue O', 26.7763, -80.0645],
  ['Acoustic sensor, 13th Street', 26.7706, -80.0619],
  ['Acoustic sensor, 28th Street', 26.7811, -80.0593],
  ['Acoustic sensor, Old Dixie', 26.7789, -80.0563],
  ['Acoustic sensor, port road', 26.7693, -80.0557],
]);

const readers = fleet('LPR_READER', 'lpr_network', 'LPR', [
  ['Plate reader, Blue Heron bridge', 26.7828, -80.0472],
  ['Plate reader, Martin Luther King at the interstate', 26.7733, -80.0713],
]);

const others = [
  ...fleet('HELICOPTER', 'dispatch', 'AIR', [['Air 1, county hangar', 26.6857, -80.0991, ['thermal', 'searchlight']]]),
  ...fleet('BOAT', 'dispatch', 'MARINE', [['Marine 1, municipal marina', 26.7746, -80.0493, ['dive']]]),
  ...fleet('COMMUNICATION_CHANNEL', 'dispatch', 'CHANNEL', [
    ['Fallback talkgroup 1, police headquarters', 26.7829, -80.0597, ['radio']],
    ['Fallback talkgroup 2, fire station 87', 26.7716, -80.0662, ['radio']],
  ]),
];

export const ROSTER: readonly RosterUnit[] = [
  ...drones,
  ...robots,
  ...officers,
  ...vehicles,
  ...dispatchUnits,
  ...cameras,
  ...detectors,
  ...readers,
  ...others,
];
