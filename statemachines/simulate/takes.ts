import type { ActionType } from '../../shared/contracts/vocabulary.ts';

/**
 * How long each action is assumed to take, in seconds, from being asked for to the subsystem's word that it is done. Starting points from
 * the trade, for a simulation only: a run's own clocks stand in its workflow.
 */
const TAKES: Readonly<Record<ActionType, number>> = {
  DRONE_DISPATCH: 60,
  ROBOT_DISPATCH: 180,
  PATROL_REROUTE: 20,
  CO_RESPONDER_DISPATCH: 60,
  RESOURCE_ALLOCATE: 2,
  RESOURCE_RELEASE: 1,
  OFFICER_ALERT: 4,
  SUPERVISOR_ALERT: 5,
  HUMAN_STABILITY_ALERT: 30,
  NOTIFICATION_SEND: 5,
  EMERGENCY_BROADCAST: 8,
  THREAT_BROADCAST: 8,
  PREDICTIVE_ALERT: 10,
  BOLO_ISSUE: 5,
  LOCKDOWN_INITIATE: 10,
  SENSOR_ACTIVATE: 5,
  TACTICAL_ANALYSIS: 10,
  THREAT_ASSESSMENT: 15,
  FUSION_CLOUD_SYNC: 10,
  EVIDENCE_COLLECTION: 30,
  INVESTIGATION_CREATE: 5,
  INVESTIGATION_UPDATE: 5,
  CASE_GENERATION: 15,
  POLICY_VALIDATION: 1,
  AUDIT_LOG: 1,
};

/** An assumption never runs a step's clock out: that is asked for by name. */
const MOST_OF_ITS_TIME = 0.8;

/** Milliseconds, always below `within` (seconds). */
export const takesMs = (action: ActionType, within: number): number =>
  Math.round(Math.min(TAKES[action], within * MOST_OF_ITS_TIME) * 1000);

/** How long a person takes to answer a question that they answer. */
export const ANSWER_MS = 10_000;
