import type { Workflow } from '../shared/contracts/workflow.ts';
import { activeShooterResponse } from './active-shooter-response.ts';
import { amberAlertResponse } from './amber-alert-response.ts';
import { civilUnrestResponse } from './civil-unrest-response.ts';
import { crisisEscalationResponse } from './crisis-escalation-response.ts';
import { cyberAttackResponse } from './cyber-attack-response.ts';
import { drugOperationResponse } from './drug-operation-response.ts';
import { dvRiskEscalationResponse } from './dv-risk-escalation-response.ts';
import { gangActivityResponse } from './gang-activity-response.ts';
import { gunfireResponse } from './gunfire-response.ts';
import { hotVehicleResponse } from './hot-vehicle-response.ts';
import { lprHotHitResponse } from './lpr-hot-hit-response.ts';
import { massCasualtyResponse } from './mass-casualty-response.ts';
import { mentalHealthCrisisResponse } from './mental-health-crisis-response.ts';
import { missingPersonResponse } from './missing-person-response.ts';
import { naturalDisasterResponse } from './natural-disaster-response.ts';
import { officerDistressResponse } from './officer-distress-response.ts';
import { pursuitCoordination } from './pursuit-coordination.ts';
import { schoolThreatResponse } from './school-threat-response.ts';
import { terroristThreatResponse } from './terrorist-threat-response.ts';
import { trafficFatalityResponse } from './traffic-fatality-response.ts';

/** Every response, in the seed's order. */
// biome-ignore format: one line each
export const workflows: readonly Workflow[] = [
  gunfireResponse,
  activeShooterResponse,
  officerDistressResponse,
  pursuitCoordination,
  missingPersonResponse,
  amberAlertResponse,
  hotVehicleResponse,
  lprHotHitResponse,
  trafficFatalityResponse,
  crisisEscalationResponse,
  dvRiskEscalationResponse,
  mentalHealthCrisisResponse,
  massCasualtyResponse,
  naturalDisasterResponse,
  civilUnrestResponse,
  terroristThreatResponse,
  cyberAttackResponse,
  drugOperationResponse,
  gangActivityResponse,
  schoolThreatResponse,
];

const byName = new Map(workflows.map((workflow) => [workflow.name, workflow]));

export const workflowNamed = (name: string): Workflow | undefined => byName.get(name);
