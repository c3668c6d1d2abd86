import { dice } from '../support/dice.ts';
import { HOUR, MIN, placeless, type Scenario, type Told, told } from './scenario.ts';

const STORM = [
  'call.tree-down',
  'call.wires-down',
  'call.flooding',
  'call.traffic',
  'call.medical',
  'alarm.fire',
  'alarm.burglary',
  'outage.reported',
];

/** Three hundred calls over three hours and 11 km by 13 km of city, each about something else. */
const storm = (): Record<string, Told[]> => {
  const roll = dice(2026);
  return Object.fromEntries(
    Array.from({ length: 300 }, (_, n) => {
      const type = STORM[Math.floor(roll() * STORM.length)] ?? 'call.other';
      const place = [Math.round(roll() * 13_000), Math.round(roll() * 11_000), 20 + Math.round(roll() * 60)] as const;
      return [`call${n}`, [told('dispatch', type, Math.round(roll() * 3 * HOUR), place, { entities: [`phone=56155${10_000 + n}`] })]];
    }),
  );
};

const scan = (at: number, host: string, more: string[] = []) =>
  placeless('cyber_intel', 'cyber.alert', at, { entities: [`host=${host}`, ...more] });

export const city: readonly Scenario[] = [
  {
    title: 'A storm with three hundred unrelated calls',
    why: 'Each caller has a tree, a cable, a cellar or a crash of their own. The warning that covers them all is none of them.',
    tries: ['GEOLOCATION', 'TIMESTAMP', 'COMPOSITE', 'THREAT_LEVEL'],
    incidents: {
      warning: [told('weather_service', 'weather.alert', 0, [6500, 5500, 15_000], { entities: ['cap-alert=urn:storm:1'] })],
      ...storm(),
    },
  },
  {
    title: 'The sirens are tested at noon',
    why: 'Sixteen sites in the same second, each its own and none an emergency.',
    tries: ['TIMESTAMP'],
    incidents: Object.fromEntries(
      Array.from({ length: 16 }, (_, n) => [
        `siren${n}`,
        [told('sensor_grid', 'siren.sounded', 0, [n * 600, 0, 10], { entities: [`site=SIREN-${n}`] })],
      ]),
    ),
  },
  {
    title: 'A gust along one canal, and one along another',
    why: 'The gauges of one canal rise within ten seconds of each other. The other canal’s rise in the same ten seconds, and drain elsewhere.',
    tries: ['TIMESTAMP'],
    incidents: {
      c17: [0, 4, 9].map((at) => placeless('sensor_grid', 'sensor.flood', at, { entities: ['array=CANAL C-17'] })),
      c51: [1, 6].map((at) => placeless('sensor_grid', 'sensor.flood', at, { entities: ['array=canal C-51'] })),
    },
  },
  {
    title: 'Water in the street, told by two cellars and a gauge',
    why: 'One block, within six minutes.',
    tries: ['GEOLOCATION'],
    incidents: {
      block: [
        told('sensor_grid', 'sensor.flood', 0, [0, 0, 10]),
        told('dispatch', 'call.flooding', 130, [70, 20, 20]),
        told('dispatch', 'call.flooding', 350, [110, -30, 30]),
      ],
    },
  },
  {
    title: 'Ten intrusion alerts on one server, four on another',
    why: 'Within a minute somebody works on one host. The other host’s alerts are another visitor’s.',
    tries: ['TIMESTAMP'],
    incidents: {
      payroll: Array.from({ length: 10 }, (_, n) => scan(n * 6, '10.4.0.17')),
      library: [3, 14, 33, 50].map((at) => scan(at, '10.9.2.4')),
    },
  },
  {
    title: 'The same server, scanned again in the evening',
    why: 'The internet knocks on every door every day.',
    tries: ['TIMESTAMP'],
    incidents: {
      noon: [scan(0, '10.4.0.17'), scan(8, '10.4.0.17')],
      evening: [scan(8 * HOUR, '10.4.0.17'), scan(8 * HOUR + 11, '10.4.0.17')],
    },
  },
  {
    title: 'A worm on every host in the same second',
    why: 'It may be one attacker. Until an analyst opens a case, each host is isolated on its own account.',
    tries: ['TIMESTAMP', 'COMPOSITE'],
    incidents: Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`host${n}`, [scan(0, `10.4.1.${n}`)]])),
  },
  {
    title: 'Ransomware at city hall, named by its case',
    why: 'The analyst’s case ties the state’s notice to what the sensors saw.',
    tries: ['ENTITY_ID'],
    incidents: {
      ransom: [
        placeless('cyber_intel', 'cyber.ransomware', 0, { entities: ['host=10.4.0.2', 'case=CY-26-4'] }),
        placeless('fusion_cloud', 'cyber.incident', 90 * MIN, { entities: ['case=cy-26-4'] }),
        placeless('cyber_intel', 'cyber.incident', 5 * HOUR, { entities: ['case=CY-26-4'] }),
      ],
    },
  },
  {
    title: 'A shooter in a school',
    why: 'The panic button, a caller from the gym, the sensors and the school’s officer within two minutes and 200 m: nothing else is happening there.',
    tries: ['THREAT_LEVEL'],
    incidents: {
      school: [
        told('sensor_grid', 'panic.school', 0, [0, 0, 60], { entities: ['site=SCHOOL-3'], threatLevel: 0.95 }),
        told('gunshot_detection', 'gunshot.detected', 12, [80, 30, 25]),
        told('dispatch', 'call.active-shooter', 50, [-90, 40, 60], { threatLevel: 0.95 }),
        told('officer_safety', 'officer.distress', 95, [100, 60, 10], { entities: ['unit=SRO-3'], threatLevel: 0.95 }),
      ],
    },
  },
  {
    title: 'The same hoax is called in at two schools',
    why: 'Two schools, 3 km apart, in the same minute: each is searched on its own until somebody knows that it is a hoax.',
    tries: ['THREAT_LEVEL', 'TIMESTAMP'],
    incidents: {
      north: [told('dispatch', 'school.threat', 0, [3000, 0, 50], { entities: ['site=SCHOOL-1'], threatLevel: 0.9 })],
      south: [told('dispatch', 'school.threat', 40, [0, 0, 50], { entities: ['site=SCHOOL-2'], threatLevel: 0.9 })],
    },
  },
  {
    title: 'A tip about a school in the morning, a scuffle there at noon',
    why: 'The tip is being assessed; two boys push each other in the yard hours later.',
    tries: ['TIMESTAMP', 'COMPOSITE', 'THREAT_LEVEL'],
    incidents: {
      tip: [told('investigations', 'school.threat', 0, [0, 0, 50], { entities: ['site=SCHOOL-3'], threatLevel: 0.8 })],
      scuffle: [told('dispatch', 'call.fight', 4 * HOUR, [20, 10, 30], { entities: ['site=SCHOOL-3'] })],
    },
  },
  {
    title: 'The plant’s chemical sensors and the workers who run',
    why: 'Panel and sensors of one site within half a minute, and a call from its gate.',
    tries: ['TIMESTAMP', 'GEOLOCATION'],
    incidents: {
      release: [
        told('sensor_grid', 'sensor.chemical', 0, [0, 0, 10], { entities: ['site=PLANT-9'], threatLevel: 0.8 }),
        placeless('sensor_grid', 'alarm.chemical', 25, { entities: ['site=PLANT-9'] }),
        told('dispatch', 'call.hazmat', 140, [120, 60, 60], { threatLevel: 0.7 }),
      ],
    },
  },
  {
    title: 'Patients are counted where the bus overturned',
    why: 'Crash, declaration and count speak of one bus, within twelve minutes; the count comes under the number.',
    tries: ['COMPOSITE', 'ENTITY_ID'],
    incidents: {
      bus: [
        told('dispatch', 'call.traffic', 0, [0, 0, 40], {
          priority: 'HIGH',
          threatLevel: 0.5,
          entities: ['address=BLUE HERON BLVD BRIDGE'],
        }),
        told('emergency_mgmt', 'mass-casualty.declared', 5 * MIN, [30, 20, 20], {
          entities: ['cad-incident=RB-2026-009001', 'address=Blue Heron Blvd Bridge'],
        }),
        told('emergency_mgmt', 'patients.counted', 12 * MIN, [30, 20, 20], { entities: ['cad-incident=RB-2026-009001'] }),
      ],
    },
  },
  {
    title: 'A beat’s calls in one second',
    why: 'The desk sends a beat’s backlog at once. Sharing a beat and a second makes a list, not an incident.',
    tries: ['TIMESTAMP'],
    incidents: {
      noise: [placeless('dispatch', 'call.noise', 0, { entities: ['beat=B-7'] })],
      theft: [placeless('dispatch', 'call.theft', 1, { entities: ['beat=B-7'] })],
      parking: [placeless('dispatch', 'call.parking', 1, { entities: ['beat=B-7'] })],
      alarm: [placeless('dispatch', 'alarm.burglary', 2, { entities: ['beat=B-7'] })],
    },
  },
  {
    title: 'Two desks pass on one call of a beat',
    why: 'Dispatch and CAD tell of shots in the same beat within three seconds, before either knows the address.',
    tries: ['TIMESTAMP'],
    incidents: {
      shots: [
        placeless('dispatch', 'call.shots-fired', 0, { entities: ['beat=B-7'] }),
        placeless('cad_system', 'call.shots-fired', 3, { entities: ['beat=b-7'] }),
      ],
    },
  },
];
