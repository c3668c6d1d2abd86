import { DAY, HOUR, MIN, placeless, type Scenario, type Told, told } from './scenario.ts';

const hit = (at: number, north: number, east: number, plate: string) =>
  told('lpr_network', 'plate.hit', at, [north, east, 10], { entities: [`plate=${plate}`] });

/** A pursuit from the south of the city to its north: 14 km in 35 minutes, told by whoever sees it. */
const chase: Told[] = Array.from({ length: 12 }, (_, n) =>
  told(
    n % 3 === 2 ? 'dispatch' : 'officer_safety',
    n === 0 ? 'pursuit.declared' : 'pursuit.position',
    n * 190,
    [n * 1250, 300 * (n % 4), 15],
    {
      entities: n % 4 === 1 ? ['pursuit=P-2026-88', 'plate=HJK 2210'] : ['pursuit=P-2026-88'],
    },
  ),
);

export const vehicles: readonly Scenario[] = [
  {
    title: 'A stolen-car report in the morning, a plate hit in the afternoon',
    why: 'The hit is a hit because of the report: the same plate, five hours and six kilometres later.',
    tries: ['ENTITY_ID'],
    incidents: {
      car: [
        told('dispatch', 'vehicle.wanted', 0, [0, 0, 50], { entities: ['plate=PBC 1907'] }),
        hit(5 * HOUR, 5200, 3100, 'pbc-1907'),
        hit(5 * HOUR + 240, 6100, 3300, 'PBC1907'),
      ],
    },
  },
  {
    title: 'A pursuit crosses the city',
    why: 'One pursuit, one number, one plate; it is fourteen kilometres long because that is what pursuits are.',
    tries: ['ENTITY_ID'],
    incidents: { pursuit: chase },
  },
  {
    title: 'A pursuit passes a fender-bender',
    why: 'The two cars at the roadside bumped each other before the pursuit came by; they have nothing to do with it.',
    tries: ['GEOLOCATION', 'COMPOSITE', 'THREAT_LEVEL'],
    incidents: {
      pursuit: chase.slice(0, 5),
      bump: [told('dispatch', 'call.traffic', 360, [2500, 420, 20]), told('dispatch', 'call.traffic', 395, [2510, 450, 40])],
    },
  },
  {
    title: 'The pursuit ends in a crash',
    why: 'The crash names the plate that is being pursued, three minutes after the last position.',
    tries: ['ENTITY_ID'],
    incidents: {
      pursuit: [
        told('officer_safety', 'pursuit.declared', 0, [0, 0, 15], { entities: ['plate=QRS 551', 'unit=12'] }),
        told('officer_safety', 'pursuit.position', 300, [4000, 200, 15], { entities: ['unit=Unit 12', 'plate=QRS551'] }),
        told('cad_system', 'crash.reported', 480, [6500, 900, 60], { entities: ['plate=qrs-551', 'cad-incident=RB-2026-000551'] }),
      ],
    },
  },
  {
    title: 'A wanted plate passes four readers',
    why: 'One car on its way up the highway.',
    tries: ['ENTITY_ID'],
    incidents: {
      car: [hit(0, 0, 0, 'VVV 123'), hit(300, 3000, 0, 'VVV123'), hit(700, 7000, 100, 'vvv 123'), hit(1150, 12000, 200, 'VVV-123')],
    },
  },
  {
    title: 'Two wanted cars pass one reader five seconds apart',
    why: 'The same spot and the same kind of event, but two plates are two cars.',
    tries: ['GEOLOCATION', 'TIMESTAMP', 'COMPOSITE', 'THREAT_LEVEL'],
    incidents: { first: [hit(0, 0, 0, 'AAA 111')], second: [hit(5, 0, 0, 'BBB 222')] },
  },
  {
    title: 'The next reader reads one letter differently',
    why: 'It may be the same car. Nothing is done on a part of a plate: a person compares the images first.',
    tries: ['ENTITY_ID', 'COMPOSITE'],
    incidents: { first: [hit(0, 0, 0, 'ABC 123')], second: [hit(120, 1600, 0, 'A8C 123')] },
  },
  {
    title: 'A taxi is in a crash at noon and in a theft at six',
    why: 'A taxi is in many stories in a day. The passenger of the evening has nothing to do with the crash.',
    tries: ['ENTITY_ID'],
    incidents: {
      crash: [told('dispatch', 'call.traffic', 0, [0, 0, 30], { entities: ['plate=TAXI 88'] })],
      theft: [told('dispatch', 'call.theft', 6 * HOUR, [2000, 500, 40], { entities: ['plate=TAXI88'] })],
    },
  },
  {
    title: 'A hit-and-run becomes a wanted car, and a reader finds it',
    why: 'The witness’s plate is put out after 25 minutes and hit after 50.',
    tries: ['ENTITY_ID'],
    incidents: {
      hitAndRun: [
        told('dispatch', 'call.traffic', 0, [0, 0, 60], { entities: ['plate=LMN 404'] }),
        told('cad_system', 'vehicle.wanted', 25 * MIN, [0, 0, 60], { entities: ['plate=LMN404'] }),
        hit(50 * MIN, 5000, -2000, 'LMN 404'),
      ],
    },
  },
  {
    title: 'The stolen car is found burning',
    why: 'Three hours after the report a caller names its plate beside the fire.',
    tries: ['ENTITY_ID'],
    incidents: {
      car: [
        told('dispatch', 'vehicle.wanted', 0, [0, 0, 50], { entities: ['plate=BRN 007'] }),
        told('dispatch', 'call.fire', 3 * HOUR, [9000, 0, 50], { entities: ['plate=BRN007'] }),
      ],
    },
  },
  {
    title: 'Two thefts whose plate is UNKNOWN',
    why: 'A word that stands for nothing is nobody’s plate.',
    tries: ['ENTITY_ID'],
    incidents: {
      one: [placeless('dispatch', 'vehicle.wanted', 0, { entities: ['plate=UNKNOWN'] })],
      other: [placeless('dispatch', 'vehicle.wanted', 300, { entities: ['plate=unknown'] })],
      third: [placeless('dispatch', 'vehicle.wanted', 900, { entities: ['plate=N/A'] })],
    },
  },
  {
    title: 'A car stolen again, ten days after it was found',
    why: 'The first theft was closed. The second is a new one of the same car.',
    tries: ['ENTITY_ID'],
    incidents: {
      first: [told('dispatch', 'vehicle.wanted', 0, [0, 0, 50], { entities: ['plate=TWC 222'] }), hit(HOUR, 3000, 0, 'TWC222')],
      second: [told('dispatch', 'vehicle.wanted', 10 * DAY, [400, 0, 50], { entities: ['plate=TWC 222'] })],
    },
  },
  {
    title: 'An abducted child and the car that took it',
    why: 'The alert names the car; a reader sees it three hours later and a neighbouring agency after that.',
    tries: ['ENTITY_ID'],
    incidents: {
      child: [
        told('cad_system', 'child.abducted', 0, [0, 0, 40], { entities: ['plate=CHD 314', 'case=RB-26-3141'] }),
        hit(3 * HOUR, 11000, 2000, 'CHD314'),
        placeless('partner_agency', 'plate.hit', 4 * HOUR, { entities: ['plate=CHD 314'] }),
      ],
    },
  },
  {
    title: 'A robber drives off, and the same car runs from a patrol twelve minutes later',
    why: 'The clerk read the plate; the officer who tried to stop it declared the pursuit of it.',
    tries: ['ENTITY_ID'],
    incidents: {
      robbery: [
        told('cad_system', 'call.robbery', 0, [0, 0, 20], { entities: ['plate=RBD 1401'] }),
        told('officer_safety', 'pursuit.declared', 12 * MIN, [4200, 900, 15], { entities: ['plate=RBD1401', 'unit=31'] }),
      ],
    },
  },
];
