import { HOUR, MIN, placeless, type Scenario, told } from './scenario.ts';

const shot = (at: number, north: number, east: number) => told('gunshot_detection', 'gunshot.detected', at, [north, east, 25]);
const heard = (at: number, north: number, east: number, radiusM: number, entities: string[] = []) =>
  told('dispatch', 'call.shots-fired', at, [north, east, radiusM], { entities });

/** Parties all over town, each more than 700 m from the next. */
const parties = Array.from({ length: 24 }, (_, n) => [`party${n}`, [shot(n * 7, 900 * (n % 5), 900 * Math.floor(n / 5))]] as const);

export const gunfire: readonly Scenario[] = [
  {
    title: 'Gunfire is heard by two sensors and three callers',
    why: 'One burst; the callers stand where they stand, so their places are 50 to 300 m off, and the last one took two minutes to call.',
    tries: ['GEOLOCATION'],
    incidents: {
      shooting: [shot(0, 0, 0), shot(1, 35, -40), heard(25, 60, 30, 50), heard(70, -180, 120, 150), heard(130, 260, -220, 300)],
    },
  },
  {
    title: 'Two shootings within a minute, 600 m apart',
    why: 'Each has its own sensor and its own callers. Nobody covers 600 m on foot in the time between the bursts.',
    tries: ['GEOLOCATION', 'THREAT_LEVEL', 'COMPOSITE'],
    incidents: {
      north: [shot(0, 600, 0), shot(3, 590, 20), heard(40, 640, 30, 60)],
      south: [shot(35, 0, 0), shot(37, 10, -15), heard(80, -40, 20, 60)],
    },
  },
  {
    title: 'A second shooting at the same corner, forty minutes later',
    why: 'The first scene was over. A retaliation is a new response with a new clock.',
    tries: ['GEOLOCATION', 'TIMESTAMP'],
    incidents: { first: [shot(0, 0, 0), heard(45, 50, 20, 80)], second: [shot(40 * MIN, 20, 10), heard(41 * MIN, -30, 40, 80)] },
  },
  {
    title: 'A running fight with fourteen shots over four minutes',
    why: 'The shooters move 250 m up the street and fire all the way: one fight, though its ends are far from one another.',
    tries: ['GEOLOCATION'],
    incidents: { fight: Array.from({ length: 14 }, (_, n) => shot(n * 18, n * 18, n % 3)) },
  },
  {
    title: 'New Year: gunfire at twenty-four parties in three minutes',
    why: 'Every party is its own. That the whole city fires at midnight makes no single incident of it.',
    tries: ['TIMESTAMP', 'GEOLOCATION', 'THREAT_LEVEL'],
    incidents: Object.fromEntries(parties),
  },
  {
    title: 'A caller says fireworks where the sensors hear shots',
    why: 'Same street, same half minute: it is the same sound, and the caller cannot tell it from fireworks.',
    tries: ['GEOLOCATION'],
    incidents: { shots: [shot(0, 0, 0), told('dispatch', 'call.fireworks', 30, [110, 40, 80])] },
  },
  {
    title: 'A drive-by: two bursts 900 m apart and one plate',
    why: 'The callers at both ends name the same car, seventy seconds apart.',
    tries: ['ENTITY_ID'],
    incidents: {
      driveBy: [shot(0, 0, 0), heard(30, 30, 10, 60, ['plate=KQX 77B']), shot(70, 900, 0), heard(110, 880, 30, 60, ['plate=kqx-77b'])],
    },
  },
  {
    title: 'A caller placed by a cell tower speaks of another shooting',
    why: 'The tower stands 400 m from the first shooting, but with an error of 3 km it says nothing, and her street is across town, where a sensor hears it too.',
    tries: ['GEOLOCATION', 'COMPOSITE'],
    incidents: {
      here: [shot(0, 0, 0)],
      across: [heard(50, 400, 0, 3000, ['phone=561-555-0177']), heard(90, 2600, 0, 40, ['phone=5615550177'])],
    },
  },
  {
    title: 'The record of a sensor arrives after two hours',
    why: 'What counts is when the shot was heard, not when the record came.',
    tries: ['GEOLOCATION'],
    incidents: {
      shooting: [heard(20, 40, 40, 100), told('gunshot_detection', 'gunshot.detected', 0, [0, 0, 25], { receivedAfter: 2 * HOUR })],
    },
  },
  {
    title: 'Someone is hit: a medical call at the place of the shots',
    why: 'Two minutes after the shots and 60 m away a caller asks for an ambulance for a gunshot wound.',
    tries: ['THREAT_LEVEL', 'COMPOSITE'],
    incidents: {
      shooting: [shot(0, 0, 0), told('dispatch', 'call.medical', 120, [50, 35, 30], { priority: 'CRITICAL', threatLevel: 0.8 })],
    },
  },
  {
    title: 'A fall in a kitchen, two streets from gunfire',
    why: 'An old man fell in his kitchen 190 m away. It only happened at the same time.',
    tries: ['GEOLOCATION', 'THREAT_LEVEL', 'COMPOSITE'],
    incidents: { shooting: [shot(0, 0, 0), shot(2, 12, 8)], fall: [told('dispatch', 'call.medical', 150, [150, 117, 20])] },
  },
  {
    title: 'A gunshot victim is brought to the hospital in a car that a witness named',
    why: 'Five kilometres and fifteen minutes away, but the plate is the one from the scene.',
    tries: ['ENTITY_ID'],
    incidents: {
      shooting: [
        shot(0, 0, 0),
        heard(40, 30, 30, 60, ['plate=RBX 4410']),
        told('partner_agency', 'call.medical', 15 * MIN, [4100, -2900, 20], { priority: 'CRITICAL', entities: ['plate=rbx4410'] }),
      ],
    },
  },
  {
    title: 'A gunshot victim walks into a hospital and nobody says from where',
    why: 'Twenty minutes, five kilometres and not one thing in common that can be named: a detective may join them, a machine may not.',
    tries: ['THREAT_LEVEL', 'COMPOSITE', 'TIMESTAMP'],
    incidents: {
      shooting: [shot(0, 0, 0), heard(30, 40, 0, 60)],
      walkIn: [told('partner_agency', 'call.medical', 20 * MIN, [4100, -2900, 20], { priority: 'CRITICAL', threatLevel: 0.8 })],
    },
  },
  {
    title: 'A camera sees a gun drawn, and half a minute later the sensors hear it',
    why: 'Forty metres apart: what the camera saw is what the sensors heard.',
    tries: ['THREAT_LEVEL', 'COMPOSITE'],
    incidents: {
      shooting: [told('cctv_network', 'camera.weapon-detected', 0, [30, 25, 15], { threatLevel: 0.85 }), shot(30, 0, 0), shot(33, 5, 5)],
    },
  },
  {
    title: 'A machine’s guess of a weapon, then a call of shots at the same door',
    why: 'A score bears nothing out, yet it speaks of the same door in the same minute, so whoever answers should see it.',
    tries: ['THREAT_LEVEL'],
    incidents: {
      shooting: [told('ai_sentinel', 'camera.weapon-detected', 0, [10, 0, 15], { threatLevel: 0.9 }), heard(40, 0, 30, 40)],
    },
  },
  {
    title: 'CAD opens two numbers for one shooting',
    why: 'Two call-takers answered two neighbours in the same minute, as they do when a street calls. The shots were heard once.',
    tries: ['GEOLOCATION'],
    incidents: {
      shooting: [
        told('cad_system', 'call.shots-fired', 20, [40, 10, 60], { entities: ['cad-incident=RB-2026-004101'] }),
        told('cad_system', 'call.shots-fired', 55, [-70, 60, 90], { entities: ['cad-incident=RB-2026-004102'] }),
      ],
    },
  },
  {
    title: 'Shots in two towns in the same second, neither with a place',
    why: 'Two neighbouring agencies pass on shots fired without coordinates. The second is all that they share.',
    tries: ['TIMESTAMP', 'COMPOSITE'],
    incidents: {
      lakePark: [placeless('partner_agency', 'call.shots-fired', 0, { agency: 'lake-park' })],
      westPalm: [placeless('partner_agency', 'call.shots-fired', 0, { agency: 'west-palm-beach' })],
    },
  },
];
