import type { Category, Priority, Source } from '../contracts/vocabulary.ts';

/** What an event of a source is taken for where it does not say so itself. `confidence` is 0 to 1. */
export interface SourceProfile {
  category: Category;
  priority: Priority;
  confidence: number;
}

const profile = (category: Category, priority: Priority, confidence: number): SourceProfile => ({ category, priority, confidence });

export const sources: Record<Source, SourceProfile> = {
  cad_system: profile('INCIDENT', 'MEDIUM', 0.9),
  dispatch: profile('INCIDENT', 'MEDIUM', 0.8),
  drone_ops: profile('DRONE', 'INFO', 0.9),
  robotics: profile('ROBOT', 'INFO', 0.9),
  officer_safety: profile('OFFICER', 'HIGH', 0.9),
  threat_intel: profile('THREAT', 'MEDIUM', 0.6),
  investigations: profile('INVESTIGATION', 'LOW', 0.8),
  digital_twin: profile('CITY', 'INFO', 0.6),
  predictive_intel: profile('PREDICTIVE', 'LOW', 0.4),
  human_stability: profile('HUMAN_STABILITY', 'MEDIUM', 0.4),
  moral_compass: profile('COMPLIANCE', 'INFO', 0.5),
  city_autonomy: profile('CITY', 'LOW', 0.6),
  fusion_cloud: profile('FUSION', 'MEDIUM', 0.6),
  emergency_mgmt: profile('EMERGENCY', 'HIGH', 0.9),
  public_guardian: profile('GOVERNANCE', 'LOW', 0.9),
  cyber_intel: profile('CYBER', 'MEDIUM', 0.7),
  ai_sentinel: profile('ALERT', 'LOW', 0.4),
  ai_personas: profile('ALERT', 'LOW', 0.4),
  sensor_grid: profile('SENSOR', 'LOW', 0.7),
  lpr_network: profile('SENSOR', 'MEDIUM', 0.7),
  gunshot_detection: profile('SENSOR', 'HIGH', 0.8),
  cctv_network: profile('SENSOR', 'LOW', 0.7),
  weather_service: profile('EMERGENCY', 'MEDIUM', 0.8),
  traffic_system: profile('CITY', 'LOW', 0.8),
  partner_agency: profile('INCIDENT', 'MEDIUM', 0.6),
};

/** What happened, whatever the words of the source: two types of one family may be the same incident. */
const FAMILIES: Record<string, { family: string; priority: Priority; category?: Category }> = {
  'gunshot.detected': { family: 'gunfire', priority: 'CRITICAL' },
  'call.shots-fired': { family: 'gunfire', priority: 'CRITICAL' },
  // Shots and the one who fires them are one incident: the graver response takes over.
  'panic.active-shooter': { family: 'gunfire', priority: 'CRITICAL', category: 'EMERGENCY' },
  'call.active-shooter': { family: 'gunfire', priority: 'CRITICAL', category: 'EMERGENCY' },
  'officer.distress': { family: 'officer', priority: 'CRITICAL', category: 'OFFICER' },
  'officer.no-answer': { family: 'officer', priority: 'CRITICAL', category: 'OFFICER' },
  'pursuit.declared': { family: 'pursuit', priority: 'HIGH', category: 'TACTICAL' },
  'missing-person.reported': { family: 'missing', priority: 'HIGH', category: 'INCIDENT' },
  'child.abducted': { family: 'missing', priority: 'CRITICAL', category: 'EMERGENCY' },
  'vehicle.wanted': { family: 'vehicle', priority: 'HIGH', category: 'ALERT' },
  'plate.hit': { family: 'vehicle', priority: 'HIGH', category: 'ALERT' },
  'crash.fatal': { family: 'traffic', priority: 'HIGH', category: 'INCIDENT' },
  'crisis.escalated': { family: 'crisis', priority: 'HIGH', category: 'HUMAN_STABILITY' },
  'call.mental-health': { family: 'crisis', priority: 'HIGH', category: 'HUMAN_STABILITY' },
  'line-988.handover': { family: 'crisis', priority: 'HIGH', category: 'HUMAN_STABILITY' },
  'call.domestic-violence': { family: 'domestic', priority: 'HIGH', category: 'INCIDENT' },
  'dv.reported': { family: 'domestic', priority: 'HIGH', category: 'INCIDENT' },
  'mass-casualty.declared': { family: 'mass-casualty', priority: 'CRITICAL', category: 'EMERGENCY' },
  'patients.counted': { family: 'mass-casualty', priority: 'CRITICAL', category: 'EMERGENCY' },
  'weather.alert': { family: 'weather', priority: 'HIGH', category: 'EMERGENCY' },
  'unrest.violence': { family: 'unrest', priority: 'HIGH', category: 'TACTICAL' },
  'threat.credible': { family: 'threat', priority: 'CRITICAL', category: 'THREAT' },
  'cyber.incident': { family: 'cyber', priority: 'HIGH', category: 'CYBER' },
  'cyber.ransomware': { family: 'cyber', priority: 'CRITICAL', category: 'CYBER' },
  'operation.planned': { family: 'operation', priority: 'MEDIUM', category: 'INVESTIGATION' },
  'gang.violence': { family: 'gang', priority: 'HIGH', category: 'INVESTIGATION' },
  'school.threat': { family: 'school', priority: 'CRITICAL', category: 'THREAT' },
  'panic.school': { family: 'school', priority: 'CRITICAL', category: 'EMERGENCY' },
  'call.traffic': { family: 'traffic', priority: 'MEDIUM' },
  'call.medical': { family: 'medical', priority: 'MEDIUM' },
  'call.fire': { family: 'fire', priority: 'HIGH' },
  'unit.status': { family: 'unit', priority: 'INFO' },
  'subsystem.heartbeat': { family: 'subsystem', priority: 'INFO', category: 'SYSTEM' },
  'fact.asserted': { family: 'fact', priority: 'INFO', category: 'GOVERNANCE' },
};

export const familyOf = (type: string): string => FAMILIES[type]?.family ?? type;

/** The source's profile as the type sharpens it. */
export const profileOf = (source: Source, type: string): SourceProfile => {
  const known = FAMILIES[type];
  const base = sources[source];
  return known ? { ...base, priority: known.priority, category: known.category ?? base.category } : base;
};
