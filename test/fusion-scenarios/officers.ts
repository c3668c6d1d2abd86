import { MIN, placeless, type Scenario, told } from './scenario.ts';

const shot = (at: number, north: number, east: number) => told('gunshot_detection', 'gunshot.detected', at, [north, east, 25]);

export const officers: readonly Scenario[] = [
  {
    title: 'An officer in distress where shots are fired',
    why: 'The panic button and the shots are 70 m and twenty seconds apart: the officer is under fire.',
    tries: ['THREAT_LEVEL'],
    incidents: {
      ambush: [
        shot(0, 0, 0),
        told('officer_safety', 'officer.distress', 20, [60, 35, 10], { entities: ['unit=12'], threatLevel: 0.95 }),
        told('dispatch', 'call.shots-fired', 60, [-80, 40, 120]),
      ],
    },
  },
  {
    title: 'A unit does not answer, and then presses its button',
    why: 'One officer, on foot, 900 m further after four minutes.',
    tries: ['ENTITY_ID'],
    incidents: {
      officer: [
        told('dispatch', 'officer.no-answer', 0, [0, 0, 30], { entities: ['unit=Unit 12'] }),
        told('officer_safety', 'officer.distress', 4 * MIN, [900, 0, 10], { entities: ['unit=12'] }),
      ],
    },
  },
  {
    title: 'One unit clears a call and takes the next',
    why: 'A crew that attends both joins nothing: it is the answer to two incidents, and CAD keeps two numbers.',
    tries: ['ENTITY_ID', 'COMPOSITE'],
    incidents: {
      theft: [told('cad_system', 'call.theft', 0, [0, 0, 20], { entities: ['cad-incident=RB-2026-001001', 'unit=14'] })],
      noise: [told('cad_system', 'call.noise', 12 * MIN, [800, 0, 20], { entities: ['cad-incident=RB-2026-001002', 'unit=14'] })],
    },
  },
  {
    title: 'Unit 12 of the city and unit 12 of the county',
    why: 'Two officers who share a number, five kilometres apart.',
    tries: ['ENTITY_ID'],
    incidents: {
      ours: [told('officer_safety', 'officer.distress', 0, [0, 0, 10], { entities: ['unit=12'] })],
      theirs: [told('partner_agency', 'officer.distress', 90, [5000, 0, 30], { entities: ['unit=12'], agency: 'county-sheriff' })],
    },
  },
  {
    title: 'A traffic stop turns bad',
    why: 'The stop and the cry for help come from one unit at one roadside, five minutes apart.',
    tries: ['ENTITY_ID'],
    incidents: {
      stop: [
        told('cad_system', 'officer.stop', 0, [0, 0, 20], { entities: ['unit=07', 'plate=ZZT 901', 'cad-incident=RB-2026-001101'] }),
        told('officer_safety', 'officer.distress', 5 * MIN, [5, 10, 10], { entities: ['unit=07'] }),
      ],
    },
  },
  {
    title: 'Two officers press their buttons in one brawl',
    why: 'Sixty metres and twenty seconds apart: the same brawl.',
    tries: ['GEOLOCATION', 'THREAT_LEVEL'],
    incidents: {
      brawl: [
        told('officer_safety', 'officer.distress', 0, [0, 0, 10], { entities: ['unit=21'] }),
        told('officer_safety', 'officer.distress', 20, [50, 33, 10], { entities: ['unit=22'] }),
      ],
    },
  },
  {
    title: 'A lost dog beside an officer in distress',
    why: 'Thirty metres and one minute apart, and nothing else.',
    tries: ['THREAT_LEVEL', 'COMPOSITE', 'GEOLOCATION'],
    incidents: {
      officer: [told('officer_safety', 'officer.distress', 0, [0, 0, 10], { entities: ['unit=30'], threatLevel: 0.9 })],
      dog: [told('dispatch', 'call.animal', 60, [25, 15, 20], { priority: 'LOW' })],
    },
  },
  {
    title: 'Two officers in distress across town',
    why: 'The same minute, three kilometres apart, both of the highest threat.',
    tries: ['THREAT_LEVEL', 'TIMESTAMP'],
    incidents: {
      north: [told('officer_safety', 'officer.distress', 0, [3000, 0, 10], { entities: ['unit=41'], threatLevel: 0.95 })],
      south: [told('officer_safety', 'officer.distress', 25, [0, 0, 10], { entities: ['unit=42'], threatLevel: 0.95 })],
    },
  },
  {
    title: 'A drone looks at the scene, under CAD’s number',
    why: 'It was sent there for that call and says so.',
    tries: ['ENTITY_ID'],
    incidents: {
      robbery: [
        told('cad_system', 'call.robbery', 0, [0, 0, 20], { entities: ['cad-incident=RB-2026-001201'] }),
        told('drone_ops', 'drone.observation', 6 * MIN, [140, 60, 10], { entities: ['cad-incident=rb-2026-001201', 'drone=D-2'] }),
        told('robotics', 'robot.observation', 22 * MIN, [5, 5, 5], { entities: ['cad-incident=RB-2026-001201', 'robot=R-1'] }),
      ],
    },
  },
  {
    title: 'A drone flies over a crash on its way elsewhere',
    why: 'Its telemetry is its own; it was not looking.',
    tries: ['GEOLOCATION', 'COMPOSITE', 'TIMESTAMP'],
    incidents: {
      crash: [told('dispatch', 'call.traffic', 0, [0, 0, 30]), told('dispatch', 'call.traffic', 40, [20, 20, 50])],
      flight: [told('drone_ops', 'drone.position', 20, [10, 10, 5], { entities: ['drone=D-4'] })],
    },
  },
  {
    title: 'An alarm at the bank and the teller’s call',
    why: 'Forty metres and half a minute apart: the hold-up is told twice.',
    tries: ['GEOLOCATION'],
    incidents: {
      robbery: [
        told('sensor_grid', 'alarm.holdup', 0, [0, 0, 10], { entities: ['site=BANK-3'], threatLevel: 0.8 }),
        told('dispatch', 'call.robbery', 35, [30, 25, 50], { threatLevel: 0.7 }),
      ],
    },
  },
  {
    title: 'A gang shooting and the gunfire that sensors heard',
    why: 'The documented nexus and the sensors speak of one corner within two minutes.',
    tries: ['THREAT_LEVEL'],
    incidents: {
      corner: [
        shot(0, 0, 0),
        told('investigations', 'gang.violence', 110, [40, -30, 40], { threatLevel: 0.8 }),
        told('dispatch', 'call.shots-fired', 150, [-60, 60, 100]),
      ],
    },
  },
  {
    title: 'A grave threat by e-mail and a shooting in the same hour',
    why: 'Both are grave. The threat names no place and nobody has tied it to the corner.',
    tries: ['THREAT_LEVEL', 'COMPOSITE', 'TIMESTAMP'],
    incidents: {
      threat: [placeless('threat_intel', 'threat.credible', 0, { threatLevel: 0.9, entities: ['case=JT-26-7'] })],
      shooting: [shot(90, 0, 0), told('dispatch', 'call.shots-fired', 130, [40, 30, 60])],
    },
  },
  {
    title: 'Violence in a crowd, told by callers, a camera and an officer',
    why: 'One square, within eight minutes: thrown bottles, a fight, a column of smoke from a bin.',
    tries: ['THREAT_LEVEL', 'GEOLOCATION'],
    incidents: {
      unrest: [
        told('cctv_network', 'crowd.violence', 0, [0, 0, 40], { threatLevel: 0.7 }),
        told('dispatch', 'call.fight', 120, [90, 40, 80], { threatLevel: 0.7 }),
        told('officer_safety', 'unrest.violence', 240, [60, -50, 30], { threatLevel: 0.8 }),
        told('dispatch', 'call.fight', 450, [-60, 20, 80], { threatLevel: 0.7 }),
      ],
    },
  },
  {
    title: 'Two brawls on a Saturday, two bars, 450 m apart',
    why: 'Different bars, different guests, the same hour.',
    tries: ['GEOLOCATION', 'THREAT_LEVEL'],
    incidents: {
      one: [told('dispatch', 'call.fight', 0, [0, 0, 20]), told('cctv_network', 'camera.fight-detected', 20, [10, 10, 10])],
      other: [told('dispatch', 'call.fight', 100, [450, 0, 20]), told('cctv_network', 'camera.fight-detected', 130, [440, 15, 10])],
    },
  },
];
