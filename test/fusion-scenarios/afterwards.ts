import { HOUR, MIN, placeless, type Scenario, told } from './scenario.ts';

const shot = (at: number, north: number, east: number) => told('gunshot_detection', 'gunshot.detected', at, [north, east, 25]);

/** Written after the rules had their numbers, and judged without touching them: what the rules do with stories they were not made for. */
export const afterwards: readonly Scenario[] = [
  {
    title: 'A boat on fire, seen from both shores',
    why: 'Each shore places the smoke on its own side: 260 m between the two guesses, errors of 120 m.',
    tries: ['GEOLOCATION'],
    incidents: {
      boat: [
        told('dispatch', 'call.fire', 0, [0, 0, 120]),
        told('dispatch', 'call.fire', 80, [0, 260, 120]),
        told('partner_agency', 'call.fire', 170, [40, 120, 150], { agency: 'coast-guard' }),
      ],
    },
  },
  {
    title: 'A shooting at a car, which is then pursued and crashes',
    why: 'The shots, the unit that saw the car leave, the pursuit of its plate and the crash are one story over eighteen minutes and eight kilometres.',
    tries: ['ENTITY_ID', 'THREAT_LEVEL'],
    incidents: {
      story: [
        shot(0, 0, 0),
        told('dispatch', 'call.shots-fired', 50, [40, 30, 60], { entities: ['plate=JTX 118'] }),
        told('officer_safety', 'pursuit.declared', 4 * MIN, [1800, 200, 15], { entities: ['plate=JTX118', 'unit=33'] }),
        told('officer_safety', 'pursuit.position', 9 * MIN, [5200, 700, 15], { entities: ['unit=33'] }),
        told('dispatch', 'crash.reported', 18 * MIN, [8000, 900, 60], { entities: ['plate=jtx-118'] }),
      ],
    },
  },
  {
    title: 'Two pursuits at once',
    why: 'Two units, two plates, crossing each other’s path at one junction within a minute.',
    tries: ['ENTITY_ID', 'THREAT_LEVEL', 'COMPOSITE'],
    incidents: {
      east: [
        told('officer_safety', 'pursuit.declared', 0, [0, -900, 15], { entities: ['plate=EEE 1', 'unit=50'] }),
        told('officer_safety', 'pursuit.position', 120, [0, 0, 15], { entities: ['plate=EEE1', 'unit=50'] }),
      ],
      north: [
        told('officer_safety', 'pursuit.declared', 30, [-800, 0, 15], { entities: ['plate=NNN 2', 'unit=51'] }),
        told('officer_safety', 'pursuit.position', 150, [10, 5, 15], { entities: ['plate=NNN2', 'unit=51'] }),
      ],
    },
  },
  {
    title: 'A stabbing outside a club, told by door, ambulance and camera',
    why: 'The doorman, the friend and the camera within three minutes and fifty metres.',
    tries: ['GEOLOCATION', 'COMPOSITE', 'THREAT_LEVEL'],
    incidents: {
      stabbing: [
        told('dispatch', 'call.stabbing', 0, [0, 0, 25], { threatLevel: 0.8 }),
        told('dispatch', 'call.medical', 60, [15, 20, 30], { priority: 'CRITICAL' }),
        told('cctv_network', 'camera.fight-detected', -40, [-25, 30, 15]),
      ],
    },
  },
  {
    title: 'A power cut and the calls that it brings',
    why: 'A lift is stuck, an oxygen machine stops, a junction is dark: one cause, three crews, three incidents within the block.',
    tries: ['COMPOSITE', 'GEOLOCATION', 'TIMESTAMP'],
    incidents: {
      cut: [told('city_autonomy', 'outage.reported', 0, [0, 0, 300])],
      lift: [told('dispatch', 'call.lift-rescue', 120, [60, 40, 20])],
      oxygen: [told('dispatch', 'call.medical', 200, [-80, 90, 20])],
      lights: [told('traffic_system', 'signal.dark', 20, [100, -60, 10])],
    },
  },
  {
    title: 'Children with a replica gun',
    why: 'Two callers of one playground, four minutes and seventy metres apart.',
    tries: ['COMPOSITE', 'THREAT_LEVEL'],
    incidents: {
      playground: [
        told('dispatch', 'call.weapon', 0, [0, 0, 40], { priority: 'HIGH' }),
        told('dispatch', 'call.weapon', 240, [50, 49, 60], { priority: 'HIGH' }),
      ],
    },
  },
  {
    title: 'A wedding’s firecrackers and a real shooting, 650 m apart',
    why: 'The caller near the wedding says fireworks; the sensors hear the shooting elsewhere in the same two minutes.',
    tries: ['GEOLOCATION'],
    incidents: {
      wedding: [told('dispatch', 'call.fireworks', 0, [650, 0, 60]), told('dispatch', 'call.fireworks', 90, [700, 40, 80])],
      shooting: [shot(70, 0, 0), shot(71, 5, 9), told('dispatch', 'call.shots-fired', 110, [-60, -50, 70])],
    },
  },
  {
    title: 'The same woman calls twice in a night about two fights',
    why: 'She lives above a bar. Fifty minutes lie between the fights, and the first was broken up.',
    tries: ['ENTITY_ID', 'GEOLOCATION', 'COMPOSITE'],
    incidents: {
      first: [told('dispatch', 'call.fight', 0, [0, 0, 20], { entities: ['phone=561-555-0301'] })],
      second: [told('dispatch', 'call.fight', 50 * MIN, [5, 0, 20], { entities: ['phone=561-555-0301'] })],
    },
  },
  {
    title: 'A child is missing at the beach, found by a lifeguard’s radio',
    why: 'The mother and the lifeguard’s desk speak of the same child within ten minutes and 200 m; neither knows a second identifier.',
    tries: ['COMPOSITE'],
    incidents: {
      child: [
        told('dispatch', 'missing-person.reported', 0, [0, 0, 50], { entities: ['person-name=Noah Ben'] }),
        told('partner_agency', 'missing-person.sighted', 10 * MIN, [180, 80, 30], { agency: 'beach-patrol' }),
      ],
    },
  },
  {
    title: 'A lorry leaks on the highway',
    why: 'A driver says crash, another smells gas, the sensor of the toll plaza agrees: four minutes, 120 m.',
    tries: ['GEOLOCATION', 'COMPOSITE'],
    incidents: {
      lorry: [
        told('dispatch', 'call.traffic', 0, [0, 0, 60]),
        told('dispatch', 'call.hazmat', 100, [60, 10, 80]),
        told('sensor_grid', 'sensor.chemical', 240, [115, 20, 10]),
      ],
    },
  },
  {
    title: 'Two companies’ panels ring in one office tower',
    why: 'Burglary on the ninth floor, a smoke detector on the second, in the same half minute.',
    tries: ['TIMESTAMP', 'COMPOSITE'],
    incidents: {
      burglary: [placeless('sensor_grid', 'alarm.burglary', 0, { entities: ['site=HARBOR TOWER'] })],
      smoke: [placeless('sensor_grid', 'sensor.smoke', 25, { entities: ['site=HARBOR TOWER'] })],
    },
  },
  {
    title: 'A crisis on a bridge is told by drivers for a quarter of an hour',
    why: 'One man on one railing; each driver places him where they passed.',
    tries: ['GEOLOCATION'],
    incidents: {
      bridge: [0, 70, 200, 380, 520, 800].map((at, n) => told('dispatch', 'call.mental-health', at, [(n % 3) * 40 - 40, 10, 60])),
    },
  },
  {
    title: 'A bus is shot at, and shot at again two kilometres on',
    why: 'The same bus: its operator’s desk reports both under one CAD number.',
    tries: ['ENTITY_ID'],
    incidents: {
      bus: [
        shot(0, 0, 0),
        told('cad_system', 'call.shots-fired', 60, [20, 20, 40], { entities: ['cad-incident=RB-2026-006611'] }),
        shot(240, 2000, 100),
        told('cad_system', 'call.shots-fired', 290, [1980, 120, 40], { entities: ['cad-incident=RB-2026-006611'] }),
      ],
    },
  },
  {
    title: 'A stolen ambulance’s plate is hit while another crew crashes',
    why: 'Two ambulances; only one is stolen. The crash names the other’s plate.',
    tries: ['ENTITY_ID', 'GEOLOCATION', 'COMPOSITE'],
    incidents: {
      stolen: [
        told('cad_system', 'vehicle.wanted', 0, [0, 0, 20], { entities: ['plate=EMS 14'] }),
        told('lpr_network', 'plate.hit', 300, [2500, 0, 10], { entities: ['plate=EMS14'] }),
      ],
      crash: [told('dispatch', 'call.traffic', 320, [2520, 30, 30], { entities: ['plate=EMS 17'] })],
    },
  },
  {
    title: 'An intrusion and a theft of tapes, under one case',
    why: 'The analyst opened the case for both.',
    tries: ['ENTITY_ID', 'TIMESTAMP'],
    incidents: {
      intrusion: [
        placeless('cyber_intel', 'cyber.alert', 0, { entities: ['host=VAULT-1'] }),
        placeless('cyber_intel', 'cyber.incident', 20, { entities: ['host=vault-1', 'case=CY-26-9'] }),
        told('dispatch', 'call.theft', 2 * HOUR, [0, 0, 20], { entities: ['case=CY-26-9'] }),
      ],
    },
  },
  {
    title: 'Two gunfights on one long street, twelve minutes and 380 m apart',
    why: 'Two corners, two crews, two scenes to be held.',
    tries: ['GEOLOCATION', 'THREAT_LEVEL', 'COMPOSITE'],
    incidents: {
      one: [shot(0, 0, 0), shot(4, 10, 10), told('dispatch', 'call.shots-fired', 60, [40, 10, 60])],
      other: [shot(12 * MIN, 380, 0), shot(12 * MIN + 5, 390, 5), told('dispatch', 'call.shots-fired', 13 * MIN, [420, 20, 60])],
    },
  },
];
