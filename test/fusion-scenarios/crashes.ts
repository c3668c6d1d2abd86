import { HOUR, MIN, type Scenario, told } from './scenario.ts';

const crash = (at: number, north: number, east: number, radiusM: number, entities: string[] = []) =>
  told('dispatch', 'call.traffic', at, [north, east, radiusM], { entities });

export const crashes: readonly Scenario[] = [
  {
    title: 'Two crashes on one highway, a kilometre apart',
    why: 'The same road and the same minute, but each has its own wreck and its own callers.',
    tries: ['GEOLOCATION', 'COMPOSITE'],
    incidents: {
      north: [crash(0, 1000, 0, 60), crash(50, 1080, 10, 120)],
      south: [crash(20, 0, 0, 60), crash(75, -60, 10, 100)],
    },
  },
  {
    title: 'One crash, five drivers who call as they pass',
    why: 'They call from where they are by then: up to 170 m past it, over three minutes.',
    tries: ['GEOLOCATION'],
    incidents: {
      crash: [crash(0, 0, 0, 50), crash(25, 70, 5, 100), crash(60, 130, 10, 120), crash(110, -90, 0, 150), crash(170, 170, 10, 120)],
    },
  },
  {
    title: 'One crash is told to police, ambulance and fire',
    why: 'The same address in the same minute: three desks, one wreck.',
    tries: ['COMPOSITE'],
    incidents: {
      crash: [
        crash(0, 0, 0, 30),
        told('dispatch', 'call.medical', 20, [0, 0, 30], { entities: ['address=PALM BEACH LAKES BLVD & AUSTRALIAN AVE'] }),
        told('dispatch', 'call.fire', 45, [5, 0, 30], { priority: 'MEDIUM', summary: 'Vehicle accident, fluids on the road' }),
      ],
    },
  },
  {
    title: 'A pile-up',
    why: 'The second impact is 60 m behind the first and two minutes later, in its queue: one scene, one closure.',
    tries: ['GEOLOCATION'],
    incidents: { pileUp: [crash(0, 0, 0, 40), crash(120, -60, 0, 40), crash(200, -110, 5, 60)] },
  },
  {
    title: 'A broken-down car 450 m from a crash, twelve minutes later',
    why: 'It overheated in the queue. It is towed, not attended.',
    tries: ['GEOLOCATION', 'COMPOSITE'],
    incidents: {
      crash: [crash(0, 0, 0, 40), crash(30, 40, 0, 60)],
      breakdown: [told('traffic_system', 'vehicle.stalled', 12 * MIN, [-450, 0, 30])],
    },
  },
  {
    title: 'A death is confirmed an hour after the crash',
    why: 'The medical examiner’s word comes under the crash’s number.',
    tries: ['ENTITY_ID'],
    incidents: {
      crash: [
        told('cad_system', 'crash.reported', 0, [0, 0, 40], { entities: ['cad-incident=RB-2026-000901'] }),
        told('cad_system', 'crash.fatal', HOUR, [10, 10, 20], { entities: ['cad-incident=RB2026000901'] }),
      ],
    },
  },
  {
    title: 'The same junction, two hours apart',
    why: 'It is a bad junction.',
    tries: ['GEOLOCATION', 'COMPOSITE'],
    incidents: {
      morning: [crash(0, 0, 0, 20), crash(30, 10, 10, 60)],
      noon: [crash(2 * HOUR, 5, 0, 20), crash(2 * HOUR + 40, -15, 5, 50)],
    },
  },
  {
    title: 'A roadside detector sees what a driver calls in',
    why: 'Eighty metres and ninety seconds apart on the same carriageway.',
    tries: ['GEOLOCATION'],
    incidents: { crash: [told('traffic_system', 'traffic.incident-detected', 0, [0, 0, 30]), crash(90, 80, 0, 60)] },
  },
  {
    title: 'Two crashes on the two carriageways of one highway',
    why: 'Forty-five metres and two minutes apart, a barrier between them: CAD has looked and keeps two numbers.',
    tries: ['GEOLOCATION', 'COMPOSITE'],
    incidents: {
      northbound: [told('cad_system', 'crash.reported', 0, [0, 0, 20], { entities: ['cad-incident=RB-2026-000711'] })],
      southbound: [told('cad_system', 'crash.reported', 120, [0, 45, 20], { entities: ['cad-incident=RB-2026-000712'] })],
    },
  },
  {
    title: 'CAD says that its two numbers are one crash',
    why: 'The cross-reference names both: from then on they are one, however they were opened.',
    tries: ['ENTITY_ID'],
    incidents: {
      crash: [
        told('cad_system', 'crash.reported', 0, [0, 0, 20], { entities: ['cad-incident=RB-2026-000811'] }),
        told('cad_system', 'crash.reported', 200, [700, 0, 20], { entities: ['cad-incident=RB-2026-000812'] }),
        told('cad_system', 'call.updated', 420, [0, 0, 20], { entities: ['cad-incident=RB-2026-000811', 'cad-incident=RB-2026-000812'] }),
      ],
    },
  },
  {
    title: 'Congestion a kilometre behind a crash',
    why: 'It is a consequence for the signals to deal with, measured on its own, and outlasts the wreck.',
    tries: ['GEOLOCATION', 'COMPOSITE'],
    incidents: {
      crash: [crash(0, 0, 0, 40), crash(45, 20, 0, 60)],
      queue: [told('traffic_system', 'traffic.congestion', 360, [-1000, 0, 50])],
    },
  },
];
