import type { ActionType } from '../../../shared/contracts/vocabulary.ts';
import type { Performer } from '../plan.ts';
import { prediction, tacticalAnalysis, threatAssessment } from './advice.ts';
import { drone, robot } from './flight.ts';
import { bolo, broadcast, humanStability, lockdown, machineWork, notification, supervisorAlert } from './notices.ts';
import { index } from './partners/indexes.ts';
import { coResponder, officerAlert, patrol } from './patrol.ts';
import { evidence, investigation } from './records.ts';
import { sensors } from './sensors.ts';

/** How the city does each of the actions. */
export const PERFORMERS: Readonly<Record<ActionType, Performer>> = {
  DRONE_DISPATCH: drone,
  ROBOT_DISPATCH: robot,
  PATROL_REROUTE: patrol,
  CO_RESPONDER_DISPATCH: coResponder,
  RESOURCE_ALLOCATE: patrol,
  OFFICER_ALERT: officerAlert,
  SUPERVISOR_ALERT: supervisorAlert,
  HUMAN_STABILITY_ALERT: humanStability,
  NOTIFICATION_SEND: notification,
  EMERGENCY_BROADCAST: broadcast,
  THREAT_BROADCAST: broadcast,
  BOLO_ISSUE: bolo,
  LOCKDOWN_INITIATE: lockdown,
  SENSOR_ACTIVATE: sensors,
  TACTICAL_ANALYSIS: tacticalAnalysis,
  THREAT_ASSESSMENT: threatAssessment,
  PREDICTIVE_ALERT: prediction,
  EVIDENCE_COLLECTION: evidence,
  INVESTIGATION_CREATE: investigation,
  INVESTIGATION_UPDATE: investigation,
  CASE_GENERATION: investigation,
  FUSION_CLOUD_SYNC: index,
  RESOURCE_RELEASE: machineWork,
  AUDIT_LOG: machineWork,
  POLICY_VALIDATION: machineWork,
};
