import type { Source } from '../contracts/vocabulary.ts';
import { aiPersonas } from './ai-personas.ts';
import { aiSentinel } from './ai-sentinel.ts';
import { cadSystem } from './cad-system.ts';
import { cctvNetwork } from './cctv-network.ts';
import { cityAutonomy } from './city-autonomy.ts';
import { cyberIntel } from './cyber-intel.ts';
import { digitalTwin } from './digital-twin.ts';
import { dispatch } from './dispatch.ts';
import { droneOps } from './drone-ops.ts';
import { emergencyMgmt } from './emergency-mgmt.ts';
import { FAMILIES } from './families.ts';
import { fusionCloud } from './fusion-cloud.ts';
import { gunshotDetection } from './gunshot-detection.ts';
import { humanStability } from './human-stability.ts';
import { investigations } from './investigations.ts';
import { lprNetwork } from './lpr-network.ts';
import { moralCompass } from './moral-compass.ts';
import { officerSafety } from './officer-safety.ts';
import { partnerAgency } from './partner-agency.ts';
import { predictiveIntel } from './predictive-intel.ts';
import { publicGuardian } from './public-guardian.ts';
import { robotics } from './robotics.ts';
import { sensorGrid } from './sensor-grid.ts';
import type { SourceSpec } from './source.ts';
import { threatIntel } from './threat-intel.ts';
import { trafficSystem } from './traffic-system.ts';
import { weatherService } from './weather-service.ts';

export type { SourceSpec } from './source.ts';

/** The 25 registered sources. */
export const sources: Record<Source, SourceSpec> = {
  cad_system: cadSystem,
  dispatch: dispatch,
  drone_ops: droneOps,
  robotics: robotics,
  officer_safety: officerSafety,
  threat_intel: threatIntel,
  investigations: investigations,
  digital_twin: digitalTwin,
  predictive_intel: predictiveIntel,
  human_stability: humanStability,
  moral_compass: moralCompass,
  city_autonomy: cityAutonomy,
  fusion_cloud: fusionCloud,
  emergency_mgmt: emergencyMgmt,
  public_guardian: publicGuardian,
  cyber_intel: cyberIntel,
  ai_sentinel: aiSentinel,
  ai_personas: aiPersonas,
  sensor_grid: sensorGrid,
  lpr_network: lprNetwork,
  gunshot_detection: gunshotDetection,
  cctv_network: cctvNetwork,
  weather_service: weatherService,
  traffic_system: trafficSystem,
  partner_agency: partnerAgency,
};

export const familyOf = (type: string): string => FAMILIES[type]?.family ?? type;

/** The source's usual word as the type sharpens it. */
export const profileOf = (source: Source, type: string): SourceSpec['usual'] => {
  const known = FAMILIES[type];
  const { usual } = sources[source];
  return known ? { ...usual, priority: known.priority ?? usual.priority, category: known.category ?? usual.category } : usual;
};
