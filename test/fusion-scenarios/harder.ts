import { MIN, placeless, type Scenario, told } from './scenario.ts';

const shot = (at: number, north: number, east: number) => told('gunshot_detection', 'gunshot.detected', at, [north, east, 25]);

/** More stories in which what is one looks like two and what is two looks like one. */
export const harder: readonly Scenario[] = [
  {
    title: 'A weapon call, a fight call and a camera in one car park',
    why: 'One quarrel over a parking space, told in three kinds within three minutes and sixty metres.',
    tries: ['COMPOSITE', 'THREAT_LEVEL'],
    incidents: {
      carPark: [
        told('dispatch', 'call.fight', 0, [0, 0, 40]),
        told('dispatch', 'call.weapon', 70, [30, 20, 40], { priority: 'HIGH' }),
        told('cctv_network', 'camera.fight-detected', 150, [-20, 15, 15]),
      ],
    },
  },
  {
    title: 'A break-in that two neighbours and CAD tell in other words',
    why: 'Theft, prowler, burglary: within four minutes and thirty metres of one garage.',
    tries: ['COMPOSITE'],
    incidents: {
      garage: [
        told('dispatch', 'call.suspicious', 0, [0, 0, 20]),
        told('dispatch', 'call.burglary', 110, [18, 12, 20]),
        told('cad_system', 'call.burglary', 230, [5, 5, 15], { entities: ['cad-incident=RB-2026-007001'] }),
      ],
    },
  },
  {
    title: 'Two callers speak of one stolen bicycle',
    why: 'The owner and the shop whose window she stood at: a minute and fifteen metres apart.',
    tries: ['COMPOSITE'],
    incidents: { bicycle: [told('dispatch', 'call.theft', 0, [0, 0, 20]), told('dispatch', 'call.theft', 60, [12, 9, 25])] },
  },
  {
    title: 'Two thefts in one mall within a quarter of an hour',
    why: 'Two shops, sixty metres apart, thirteen minutes; each has its own thief until a detective says otherwise.',
    tries: ['COMPOSITE', 'TIMESTAMP'],
    incidents: {
      shoes: [told('dispatch', 'call.theft', 0, [0, 0, 30], { entities: ['site=OCEAN MALL'] })],
      perfume: [told('dispatch', 'call.theft', 13 * MIN, [48, 36, 30], { entities: ['site=OCEAN MALL'] })],
    },
  },
  {
    title: 'A car stuck in a flooded underpass',
    why: 'The gauge of the underpass and the driver speak of one water, four minutes and forty metres apart.',
    tries: ['COMPOSITE'],
    incidents: { underpass: [told('sensor_grid', 'sensor.flood', 0, [0, 0, 10]), told('dispatch', 'call.traffic', 240, [35, 20, 20])] },
  },
  {
    title: 'A gas leak and the fire that it becomes',
    why: 'The smell is called in, and five minutes later the flames, at the same corner.',
    tries: ['COMPOSITE'],
    incidents: {
      leak: [
        told('dispatch', 'call.gas-odor', 0, [0, 0, 25], { entities: ['address=AVE F & W 6TH ST'] }),
        told('dispatch', 'call.fire', 5 * MIN, [20, 14, 25], { entities: ['address=Ave F & W 6th St'] }),
      ],
    },
  },
  {
    title: 'A bomb threat by telephone and the suspicious bag',
    why: 'The desk’s report and the guard’s are about one court house, six minutes apart, both of the highest threat.',
    tries: ['COMPOSITE', 'THREAT_LEVEL'],
    incidents: {
      courthouse: [
        told('threat_intel', 'threat.credible', 0, [0, 0, 30], { threatLevel: 0.9, entities: ['site=COURT HOUSE'] }),
        told('dispatch', 'call.suspicious', 6 * MIN, [25, 10, 20], { threatLevel: 0.75, entities: ['site=Court House'] }),
      ],
    },
  },
  {
    title: 'Two patients in a nursing home that is one address',
    why: 'Two beds, two minutes apart, and the home gives nothing but its name.',
    tries: ['GEOLOCATION', 'TIMESTAMP'],
    incidents: {
      bed4: [told('dispatch', 'call.medical', 0, [0, 0, 15], { entities: ['site=SUNRISE HOME'] })],
      bed9: [told('dispatch', 'call.medical', 125, [0, 0, 15], { entities: ['site=SUNRISE HOME'] })],
    },
  },
  {
    title: 'Two armed robberies by one crew, 3 km apart',
    why: 'The victims describe the same two men. That is for a detective to join: a description is no identifier.',
    tries: ['ENTITY_ID', 'THREAT_LEVEL'],
    incidents: {
      first: [told('dispatch', 'call.robbery', 0, [0, 0, 20], { threatLevel: 0.8, entities: ['description=two men red van'] })],
      second: [told('dispatch', 'call.robbery', 14 * MIN, [3000, 0, 20], { threatLevel: 0.8, entities: ['description=two men red van'] })],
    },
  },
  {
    title: 'A shooting on the border, told by two cities',
    why: 'Each city’s callers and sensors hear it on their own side, 140 m apart.',
    tries: ['GEOLOCATION'],
    incidents: {
      border: [
        shot(0, 0, 0),
        told('partner_agency', 'call.shots-fired', 45, [130, 50, 100], { agency: 'lake-park', entities: ['cad-incident=LP26-881'] }),
        told('cad_system', 'call.shots-fired', 60, [-60, 40, 80], { entities: ['cad-incident=RB-2026-008810'] }),
      ],
    },
  },
  {
    title: 'Two officers’ stops beside each other',
    why: 'Two cars, two plates, two reasons, on one shoulder within four minutes.',
    tries: ['COMPOSITE', 'GEOLOCATION', 'ENTITY_ID'],
    incidents: {
      one: [told('cad_system', 'officer.stop', 0, [0, 0, 15], { entities: ['unit=8', 'plate=STP 100'] })],
      other: [told('cad_system', 'officer.stop', 220, [40, 0, 15], { entities: ['unit=9', 'plate=STP 200'] })],
    },
  },
  {
    title: 'A gun is seen in a school and the school’s panic button is pressed',
    why: 'A pupil’s tip by the state’s line and the button, ninety seconds and one corridor apart.',
    tries: ['THREAT_LEVEL'],
    incidents: {
      school: [
        told('ai_sentinel', 'camera.weapon-detected', 0, [0, 0, 10], { threatLevel: 0.85, entities: ['site=SCHOOL-3'] }),
        told('sensor_grid', 'panic.school', 50, [40, 20, 60], { threatLevel: 0.95, entities: ['site=SCHOOL-3'] }),
        told('dispatch', 'school.threat', 90, [10, 40, 80], { threatLevel: 0.85 }),
      ],
    },
  },
  {
    title: 'Sensors and callers of a robbery that becomes a stand-off',
    why: 'The hold-up alarm, the shot at the ceiling, the officer outside, the hurt clerk: one bank, within nine minutes.',
    tries: ['THREAT_LEVEL', 'COMPOSITE'],
    incidents: {
      bank: [
        told('sensor_grid', 'alarm.holdup', 0, [0, 0, 10], { threatLevel: 0.8, entities: ['site=BANK-3'] }),
        shot(110, 5, 12),
        told('officer_safety', 'officer.distress', 5 * MIN, [60, 30, 10], { threatLevel: 0.9, entities: ['unit=17'] }),
        told('dispatch', 'call.medical', 9 * MIN, [8, 10, 20], { threatLevel: 0.7, priority: 'CRITICAL' }),
      ],
    },
  },
  {
    title: 'A word of two agencies about one missing child, without a second identifier',
    why: 'It is the same girl; but one name is too little for a machine, and the officer who reads both joins them by hand.',
    tries: ['ENTITY_ID'],
    incidents: {
      girl: [
        told('dispatch', 'missing-person.reported', 0, [0, 0, 50], { entities: ['person-name=Lena Ortiz'] }),
        placeless('partner_agency', 'missing-person.sighted', 50 * MIN, { entities: ['person-name=Ortiz, Lena'] }),
      ],
    },
  },
];
