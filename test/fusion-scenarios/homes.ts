import { HOUR, MIN, placeless, type Scenario, told } from './scenario.ts';

const tower = (at: number, type: string, flat: string, more: { radiusM?: number; entities?: string[] } = {}) =>
  told('dispatch', type, at, [0, 0, more.radiusM ?? 20], { entities: [`address=100 Palm Way #${flat}`, ...(more.entities ?? [])] });

export const homes: readonly Scenario[] = [
  {
    title: 'A medical call in the tower whose fire alarm rings',
    why: 'A diabetic on the fourteenth floor; the alarm is burnt toast on the third. Two crews for two things.',
    tries: ['GEOLOCATION', 'TIMESTAMP', 'COMPOSITE'],
    incidents: {
      alarm: [told('sensor_grid', 'alarm.fire', 0, [0, 0, 15], { entities: ['site=PALM TOWER'] })],
      patient: [tower(50, 'call.medical', '1401', { entities: ['site=PALM TOWER'] })],
    },
  },
  {
    title: 'A fire in the tower, told by its panel and three tenants',
    why: 'Panel, smoke detector and tenants of three flats speak of one fire.',
    tries: ['TIMESTAMP', 'GEOLOCATION'],
    incidents: {
      fire: [
        placeless('sensor_grid', 'alarm.fire', 0, { entities: ['site=PALM TOWER'] }),
        told('sensor_grid', 'sensor.smoke', 15, [0, 0, 15], { entities: ['site=Palm Tower'] }),
        tower(60, 'call.fire', '301'),
        tower(80, 'call.fire', '405', { radiusM: 60 }),
        told('dispatch', 'call.fire', 150, [90, 20, 80]),
      ],
    },
  },
  {
    title: 'Two patients in one tower, two minutes apart',
    why: 'Two flats and two phones. Taken for one, the second is left without an ambulance.',
    tries: ['GEOLOCATION', 'COMPOSITE'],
    incidents: {
      fourteen: [tower(0, 'call.medical', '1401', { entities: ['phone=561-555-0111'] })],
      eight: [tower(130, 'call.medical', '805', { entities: ['phone=561-555-0112'] })],
    },
  },
  {
    title: 'Two passers-by call for the man who collapsed in the park',
    why: 'Thirty metres and forty seconds apart, in the open: one man.',
    tries: ['GEOLOCATION'],
    incidents: { man: [told('dispatch', 'call.medical', 0, [0, 0, 25]), told('dispatch', 'call.medical', 40, [28, 10, 25])] },
  },
  {
    title: 'A smell of gas in three houses, and a sensor',
    why: 'One leak in one main: the houses call over ten minutes as it spreads down the street.',
    tries: ['GEOLOCATION'],
    incidents: {
      leak: [
        told('sensor_grid', 'sensor.gas', 0, [0, 0, 10]),
        told('dispatch', 'call.gas-odor', 180, [60, 0, 20]),
        told('dispatch', 'call.gas-odor', 400, [120, 15, 20]),
        told('robotics', 'robot.gas-detected', 600, [80, 5, 5]),
      ],
    },
  },
  {
    title: 'The same alarm panel at nine and at ten to ten',
    why: 'A false alarm was reset; the second is looked at afresh.',
    tries: ['TIMESTAMP', 'GEOLOCATION'],
    incidents: {
      nine: [told('sensor_grid', 'alarm.fire', 0, [0, 0, 15], { entities: ['site=LIBRARY'] })],
      later: [told('sensor_grid', 'alarm.fire', 50 * MIN, [0, 0, 15], { entities: ['site=LIBRARY'] })],
    },
  },
  {
    title: 'A kitchen fire with a burned cook',
    why: 'The ambulance is asked for at the same address three minutes after the fire.',
    tries: ['COMPOSITE'],
    incidents: {
      fire: [
        told('dispatch', 'call.fire', 0, [0, 0, 20], { entities: ['address=2200 Avenue E'] }),
        told('dispatch', 'call.medical', 180, [4, 3, 20], { priority: 'HIGH', entities: ['address=2200 AVENUE E'] }),
      ],
    },
  },
  {
    title: 'Smoke over the scrub, seen from three roads',
    why: 'Each caller gives the place of the smoke as best they can: 150 m this way or that.',
    tries: ['GEOLOCATION'],
    incidents: {
      brush: [
        told('dispatch', 'call.fire', 0, [0, 0, 150]),
        told('dispatch', 'call.fire', 140, [180, 190, 150]),
        told('cctv_network', 'camera.smoke-detected', 200, [60, -120, 100]),
      ],
    },
  },
  {
    title: 'Two houses burn in one night, 700 m apart',
    why: 'Two engines, two owners, perhaps one arsonist: that is for an investigation to say.',
    tries: ['GEOLOCATION', 'THREAT_LEVEL'],
    incidents: {
      first: [told('dispatch', 'call.fire', 0, [0, 0, 30]), told('dispatch', 'call.fire', 60, [40, 0, 60])],
      second: [told('dispatch', 'call.fire', 240, [700, 0, 30]), told('dispatch', 'call.fire', 300, [730, 20, 60])],
    },
  },
  {
    title: 'A neighbour and the victim call about one quarrel',
    why: 'The same flat, two minutes apart.',
    tries: ['GEOLOCATION', 'COMPOSITE'],
    incidents: { quarrel: [tower(0, 'call.domestic-violence', '1203'), tower(120, 'call.domestic-violence', '1203', { radiusM: 40 })] },
  },
  {
    title: 'Two quarrels in one tower on a Saturday night',
    why: 'Two flats. A premise warning that belongs to one must not stand on the other.',
    tries: ['GEOLOCATION', 'THREAT_LEVEL', 'COMPOSITE'],
    incidents: { twelve: [tower(0, 'call.domestic-violence', '1203')], four: [tower(200, 'call.domestic-violence', '404')] },
  },
  {
    title: 'A quarrel in which someone is hurt',
    why: 'The second call comes from the same phone, eight minutes later, and asks for an ambulance.',
    tries: ['ENTITY_ID'],
    incidents: {
      quarrel: [
        told('dispatch', 'call.domestic-violence', 0, [0, 0, 900], { entities: ['phone=+1 (561) 555-0134'] }),
        told('dispatch', 'call.medical', 8 * MIN, [600, 0, 900], { entities: ['phone=5615550134'] }),
      ],
    },
  },
  {
    title: 'Somebody in a crisis is handed over by 988 and calls again',
    why: 'The same person by name and telephone, twenty minutes later, from a bridge.',
    tries: ['ENTITY_ID'],
    incidents: {
      crisis: [
        placeless('human_stability', 'line-988.handover', 0, { entities: ['person-name=Dana Reyes', 'person-phone=561 555 0190'] }),
        told('dispatch', 'call.mental-health', 20 * MIN, [0, 0, 100], {
          entities: ['person-name=DANA REYES', 'person-phone=+15615550190'],
        }),
      ],
    },
  },
  {
    title: 'Two people in a crisis, one bus stop apart',
    why: 'Two persons, 400 m apart, within ten minutes: a full moon.',
    tries: ['GEOLOCATION', 'COMPOSITE', 'THREAT_LEVEL'],
    incidents: {
      one: [told('dispatch', 'call.mental-health', 0, [0, 0, 30])],
      other: [told('dispatch', 'call.mental-health', 9 * MIN, [400, 0, 30])],
    },
  },
  {
    title: 'The night alarm of a shop, heard by every sensor it has',
    why: 'Glass, door and panel within twenty seconds; the shop’s sensors have no coordinates but the shop.',
    tries: ['TIMESTAMP'],
    incidents: {
      burglary: [
        placeless('sensor_grid', 'sensor.glass-break', 0, { entities: ['site=PAWN-12'] }),
        placeless('sensor_grid', 'sensor.door-forced', 9, { entities: ['site=pawn-12'] }),
        placeless('sensor_grid', 'alarm.burglary', 20, { entities: ['site=PAWN-12'] }),
      ],
    },
  },
  {
    title: 'A fight and a lost child at the mall in the same minute',
    why: 'A mall is a town. That both are at the mall and now says nothing.',
    tries: ['TIMESTAMP', 'COMPOSITE', 'THREAT_LEVEL'],
    incidents: {
      fight: [told('dispatch', 'call.fight', 0, [0, 0, 40], { entities: ['site=OCEAN MALL'] })],
      child: [told('dispatch', 'missing-person.reported', 30, [60, 30, 40], { entities: ['site=OCEAN MALL'] })],
    },
  },
  {
    title: 'A month-old quarrel at the same address',
    why: 'The history of a house is not its present.',
    tries: ['GEOLOCATION', 'COMPOSITE'],
    incidents: { before: [tower(0, 'call.domestic-violence', '1203')], now: [tower(700 * HOUR, 'call.domestic-violence', '1203')] },
  },
];
