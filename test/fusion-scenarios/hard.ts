import { MIN, placeless, type Scenario, told } from './scenario.ts';

const shot = (at: number, north: number, east: number) => told('gunshot_detection', 'gunshot.detected', at, [north, east, 25]);

/** Stories in which what is one looks like two and what is two looks like one. A rule that gets all of these right has probably been told the answers. */
export const hard: readonly Scenario[] = [
  {
    title: 'A caller who waited twelve minutes to speak of the shots',
    why: 'She hid first. Hers is the only call, from the house where the sensors heard it.',
    tries: ['GEOLOCATION', 'COMPOSITE'],
    incidents: { shooting: [shot(0, 0, 0), shot(2, 8, 5), told('dispatch', 'call.shots-fired', 12 * MIN, [20, 15, 30])] },
  },
  {
    title: 'A driver who calls of a crash two kilometres after passing it',
    why: 'It is the crash of the other callers; her telephone is where she is by now.',
    tries: ['GEOLOCATION'],
    incidents: {
      crash: [
        told('dispatch', 'call.traffic', 0, [0, 0, 40]),
        told('dispatch', 'call.traffic', 30, [60, 5, 60]),
        told('dispatch', 'call.traffic', 95, [2100, 0, 30]),
      ],
    },
  },
  {
    title: 'Two houses next door to each other, two patients, ninety seconds',
    why: 'A stroke in number 12 and a child’s fever in number 14, of which no address was taken yet.',
    tries: ['GEOLOCATION', 'COMPOSITE'],
    incidents: { stroke: [told('dispatch', 'call.medical', 0, [0, 0, 15])], fever: [told('dispatch', 'call.medical', 90, [0, 32, 15])] },
  },
  {
    title: 'Two crashes on two sides of one large junction',
    why: 'A hundred and sixty metres and four minutes apart; the drivers of the second never saw the first.',
    tries: ['GEOLOCATION', 'COMPOSITE'],
    incidents: { one: [told('dispatch', 'call.traffic', 0, [0, 0, 40])], other: [told('dispatch', 'call.traffic', 240, [160, 0, 40])] },
  },
  {
    title: 'A crash and the ambulance that a passenger asks for',
    why: 'Forty metres and a hundred seconds apart: the passenger has walked to the kerb.',
    tries: ['COMPOSITE'],
    incidents: { crash: [told('dispatch', 'call.traffic', 0, [0, 0, 30]), told('dispatch', 'call.medical', 100, [30, 26, 30])] },
  },
  {
    title: 'An old woman falls at the bus stop beside a crash',
    why: 'Thirty-five metres away and nine minutes after it, while the road is being swept. She needs her own ambulance.',
    tries: ['COMPOSITE'],
    incidents: {
      crash: [told('dispatch', 'call.traffic', 0, [0, 0, 30])],
      fall: [told('dispatch', 'call.medical', 9 * MIN, [25, 25, 20])],
    },
  },
  {
    title: 'A wound, told without saying how',
    why: 'Half a minute’s walk from the shots and ninety seconds after: a man is bleeding. Nobody said gun.',
    tries: ['COMPOSITE', 'THREAT_LEVEL'],
    incidents: { shooting: [shot(0, 0, 0), told('dispatch', 'call.medical', 90, [25, 17, 30], { priority: 'HIGH' })] },
  },
  {
    title: 'A clerk is robbed; a neighbour sees a man run',
    why: 'Seventy metres from the shop and two minutes later.',
    tries: ['COMPOSITE'],
    incidents: { robbery: [told('dispatch', 'call.robbery', 0, [0, 0, 20]), told('dispatch', 'call.suspicious', 120, [60, 36, 30])] },
  },
  {
    title: 'A burglar alarm, and a prowler in the yard behind',
    why: 'Forty metres and three minutes apart, at four in the morning.',
    tries: ['COMPOSITE'],
    incidents: { burglary: [told('sensor_grid', 'alarm.burglary', 0, [0, 0, 10]), told('dispatch', 'call.suspicious', 180, [30, 26, 20])] },
  },
  {
    title: 'A brawl in one bar, a robbery round the corner',
    why: 'Both are grave, 170 m and eight minutes apart on a Saturday night. The robber was not in the brawl.',
    tries: ['THREAT_LEVEL'],
    incidents: {
      brawl: [told('dispatch', 'call.fight', 0, [0, 0, 20], { threatLevel: 0.7 })],
      robbery: [told('dispatch', 'call.robbery', 8 * MIN, [150, 80, 20], { threatLevel: 0.75 })],
    },
  },
  {
    title: 'A quarrel with a knife, 185 m from a shooting',
    why: 'Two flats in two streets and two couples; the shots were in the park.',
    tries: ['THREAT_LEVEL'],
    incidents: {
      quarrel: [told('dispatch', 'call.domestic-violence', 0, [0, 0, 15], { threatLevel: 0.8, entities: ['address=14 W 12TH ST'] })],
      shooting: [shot(7 * MIN, 150, 108), shot(7 * MIN + 2, 155, 112)],
    },
  },
  {
    title: 'Two quarrels with knives in one tower',
    why: 'The fourth and the twelfth floor, three minutes apart: two couples, and each needs officers of its own.',
    tries: ['THREAT_LEVEL', 'GEOLOCATION'],
    incidents: {
      four: [told('dispatch', 'call.domestic-violence', 0, [0, 0, 20], { threatLevel: 0.8, entities: ['address=100 Palm Way #404'] })],
      twelve: [told('dispatch', 'call.domestic-violence', 190, [0, 0, 20], { threatLevel: 0.8, entities: ['address=100 Palm Way #1203'] })],
    },
  },
  {
    title: 'A quarrel that ends in a shot',
    why: 'The neighbours call of a quarrel; four minutes later the sensors hear one shot at that house.',
    tries: ['THREAT_LEVEL'],
    incidents: { quarrel: [told('dispatch', 'call.domestic-violence', 0, [0, 0, 20], { threatLevel: 0.75 }), shot(4 * MIN, 20, -15)] },
  },
  {
    title: 'An officer runs towards the shots',
    why: 'She was 420 m away when she heard them and presses her button two minutes later, beside the victim.',
    tries: ['THREAT_LEVEL'],
    incidents: {
      shooting: [
        shot(0, 0, 0),
        told('officer_safety', 'officer.stop', 40, [420, 0, 10], { entities: ['unit=5'] }),
        told('officer_safety', 'officer.distress', 120, [30, 10, 10], { entities: ['unit=5'], threatLevel: 0.9 }),
      ],
    },
  },
  {
    title: 'Six passengers of an overturned bus call at once',
    why: 'Six telephones, one bus; half of them ask for an ambulance and half say crash.',
    tries: ['COMPOSITE', 'GEOLOCATION'],
    incidents: {
      bus: [0, 12, 25, 41, 70, 96].map((at, n) =>
        told('dispatch', n % 2 === 0 ? 'call.traffic' : 'call.medical', at, [n * 7, -n * 4, 35], {
          priority: 'HIGH',
          entities: [`phone=561555020${n}`],
        }),
      ),
    },
  },
  {
    title: 'Smoke fills a stairwell, and someone cannot breathe',
    why: 'The call for breath comes from the house of the fire, six minutes after the alarm and ten metres from it.',
    tries: ['COMPOSITE'],
    incidents: {
      fire: [told('dispatch', 'call.fire', 0, [0, 0, 20]), told('dispatch', 'call.medical', 6 * MIN, [8, 6, 20], { priority: 'HIGH' })],
    },
  },
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
