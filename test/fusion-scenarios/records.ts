import { DAY, HOUR, MIN, placeless, type Scenario, told } from './scenario.ts';

export const records: readonly Scenario[] = [
  {
    title: 'CAD opens, corrects and clears one call',
    why: 'The number is the incident, though the first address was 1,200 m wrong and the number is spelled in two ways.',
    tries: ['ENTITY_ID'],
    incidents: {
      call: [
        told('cad_system', 'call.opened', 0, [0, 0, 60], { entities: ['cad-incident=RB-2026-000417'] }),
        told('cad_system', 'call.updated', 7 * MIN, [1200, 0, 20], { entities: ['cad-incident=RB2026000417', 'unit=E18'] }),
        told('cad_system', 'call.cleared', 50 * MIN, [1200, 0, 20], { entities: ['cad-incident=rb 2026 000417'] }),
      ],
    },
  },
  {
    title: 'Two CAD calls at one corner, three minutes apart',
    why: 'CAD gives neither a kind that could be compared, and keeps two numbers.',
    tries: ['GEOLOCATION', 'COMPOSITE'],
    incidents: {
      one: [told('cad_system', 'call.opened', 0, [0, 0, 20], { entities: ['cad-incident=DF2400995'] })],
      other: [told('cad_system', 'call.opened', 180, [10, 0, 20], { entities: ['cad-incident=DF2400996'] })],
    },
  },
  {
    title: 'Number 417 here and number 417 next door',
    why: 'A bare number means something only in the CAD that gave it.',
    tries: ['ENTITY_ID'],
    incidents: {
      ours: [told('cad_system', 'call.theft', 0, [0, 0, 20], { entities: ['cad-incident=417'] })],
      theirs: [told('partner_agency', 'call.noise', HOUR, [8000, 0, 20], { entities: ['cad-incident=417'], agency: 'lake-park' })],
    },
  },
  {
    title: 'A case grows for five days',
    why: 'Whatever is filed under the case belongs to it.',
    tries: ['ENTITY_ID'],
    incidents: {
      gang: [0, 1, 3, 5].map((day) => placeless('investigations', 'investigation.updated', day * DAY, { entities: ['case=RB-26-0093'] })),
    },
  },
  {
    title: 'Two drug operations planned on one afternoon',
    why: 'Two cases. That they are planned in the same hour is the duty roster.',
    tries: ['TIMESTAMP', 'COMPOSITE'],
    incidents: {
      one: [placeless('investigations', 'operation.planned', 0, { entities: ['case=RB-26-0101'] })],
      other: [placeless('investigations', 'operation.planned', 600, { entities: ['case=RB-26-0102'] })],
    },
  },
  {
    title: 'A complaint about yesterday’s call, and what Moral Compass says of it',
    why: 'Both name its number.',
    tries: ['ENTITY_ID'],
    incidents: {
      call: [
        told('cad_system', 'call.disturbance', 0, [0, 0, 20], { entities: ['cad-incident=RB-2026-000500'] }),
        placeless('moral_compass', 'conduct.reviewed', 3 * HOUR, { entities: ['cad-incident=RB-2026-000500'] }),
        placeless('public_guardian', 'complaint.filed', 20 * HOUR, { entities: ['cad-incident=RB-2026-000500'] }),
      ],
    },
  },
  {
    title: 'A warning, its update and its end; and a watch beside it',
    why: 'The update and the cancellation refer to the warning. The flood watch of the same minute and area is another alert.',
    tries: ['ENTITY_ID', 'GEOLOCATION'],
    incidents: {
      tornado: [
        told('weather_service', 'weather.alert', 0, [0, 0, 20_000], { entities: ['cap-alert=urn:oid:2.49.0.1.840.0.77a1'] }),
        told('weather_service', 'weather.alert', 25 * MIN, [800, 0, 16_000], {
          entities: ['cap-alert=urn:oid:2.49.0.1.840.0.77a2', 'cap-alert=urn:oid:2.49.0.1.840.0.77a1'],
        }),
        told('weather_service', 'weather.alert', 50 * MIN, [800, 0, 16_000], {
          entities: ['cap-alert=urn:oid:2.49.0.1.840.0.77a3', 'cap-alert=urn:oid:2.49.0.1.840.0.77a2'],
        }),
        placeless('emergency_mgmt', 'weather.alert', 4 * MIN, { entities: ['cap-alert=URN:OID:2.49.0.1.840.0.77A1'] }),
      ],
      flood: [told('weather_service', 'weather.alert', 40, [0, 0, 20_000], { entities: ['cap-alert=urn:oid:2.49.0.1.840.0.90b1'] })],
    },
  },
  {
    title: 'One earthquake by two networks, and an aftershock',
    why: 'Both networks’ ids stand in the second report. The aftershock four minutes later, 3 km away, has its own.',
    tries: ['ENTITY_ID', 'GEOLOCATION', 'TIMESTAMP'],
    incidents: {
      quake: [
        told('sensor_grid', 'earthquake.detected', 0, [0, 0, 1500], { entities: ['quake=us7000abcd'] }),
        told('sensor_grid', 'earthquake.detected', 3, [900, 200, 800], { entities: ['quake=nc73900001', 'quake=US7000ABCD'] }),
      ],
      aftershock: [told('sensor_grid', 'earthquake.detected', 240, [3000, 0, 900], { entities: ['quake=us7000abce'] })],
    },
  },
  {
    title: 'A prediction covers the district where a shooting happens',
    why: 'A score about a place is not an observation of what happened there.',
    tries: ['GEOLOCATION', 'THREAT_LEVEL', 'COMPOSITE'],
    incidents: {
      prediction: [told('predictive_intel', 'risk.forecast', 0, [60, 60, 400], { threatLevel: 0.9 })],
      shooting: [told('gunshot_detection', 'gunshot.detected', 120, [0, 0, 25]), told('dispatch', 'call.shots-fired', 160, [50, 0, 80])],
    },
  },
  {
    title: 'The twin, a signal cabinet and a dead camera beside a crash',
    why: 'A model’s state, a maintenance notice and a camera that went dark are the city’s housekeeping.',
    tries: ['GEOLOCATION', 'COMPOSITE', 'TIMESTAMP'],
    incidents: {
      crash: [told('dispatch', 'call.traffic', 0, [0, 0, 30]), told('dispatch', 'call.traffic', 35, [25, 10, 60])],
      twin: [told('digital_twin', 'twin.state', 10, [5, 5, 5])],
      cabinet: [told('city_autonomy', 'signal.maintenance', 20, [10, 0, 5])],
      camera: [told('cctv_network', 'camera.offline', 15, [15, 15, 5], { category: 'SYSTEM' })],
    },
  },
  {
    title: 'Personas that comment on a protest',
    why: 'What an assistant says of the mood in a square is no report of the broken window across it.',
    tries: ['COMPOSITE', 'THREAT_LEVEL', 'GEOLOCATION'],
    incidents: {
      window: [told('dispatch', 'call.vandalism', 0, [0, 0, 30]), told('dispatch', 'call.vandalism', 45, [15, 10, 40])],
      mood: [told('ai_personas', 'persona.remark', 30, [10, 5, 100])],
    },
  },
  {
    title: 'The state’s record of a wanted car, asked for under the case',
    why: 'The fusion cloud answers under the case’s number, and the officer’s update too.',
    tries: ['ENTITY_ID'],
    incidents: {
      car: [
        placeless('investigations', 'vehicle.wanted', 0, { entities: ['case=RB-26-0777', 'plate=NVW 330'] }),
        placeless('fusion_cloud', 'record.matched', 6 * HOUR, { entities: ['case=rb-26-0777'] }),
        placeless('investigations', 'investigation.updated', 2 * DAY, { entities: ['case=RB-26-0777'] }),
      ],
    },
  },
];
