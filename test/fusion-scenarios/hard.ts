import { MIN, type Scenario, told } from './scenario.ts';

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
];
