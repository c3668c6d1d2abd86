import { activeShooter } from './active-shooter-response.ts';
import { amberAlert } from './amber-alert-response.ts';
import { civilUnrest } from './civil-unrest-response.ts';
import { crisisEscalation } from './crisis-escalation-response.ts';
import { cyberAttack } from './cyber-attack-response.ts';
import { drugOperation } from './drug-operation-response.ts';
import { dvRiskEscalation } from './dv-risk-escalation-response.ts';
import { gangActivity } from './gang-activity-response.ts';
import { gunfire } from './gunfire-response.ts';
import { hotVehicle } from './hot-vehicle-response.ts';
import { lprHotHit } from './lpr-hot-hit-response.ts';
import { massCasualty } from './mass-casualty-response.ts';
import { mentalHealthCrisis } from './mental-health-crisis-response.ts';
import { missingPerson } from './missing-person-response.ts';
import { naturalDisaster } from './natural-disaster-response.ts';
import { officerDistress } from './officer-distress-response.ts';
import { pursuit } from './pursuit-coordination.ts';
import type { Scenario } from './scenario.ts';
import { schoolThreat } from './school-threat-response.ts';
import { terroristThreat } from './terrorist-threat-response.ts';
import { trafficFatality } from './traffic-fatality-response.ts';

/** One scenario for each workflow, in the seed's order. */
// biome-ignore format: one line each
export const scenarios: readonly Scenario[] = [
  gunfire,
  activeShooter,
  officerDistress,
  pursuit,
  missingPerson,
  amberAlert,
  hotVehicle,
  lprHotHit,
  trafficFatality,
  crisisEscalation,
  dvRiskEscalation,
  mentalHealthCrisis,
  massCasualty,
  naturalDisaster,
  civilUnrest,
  terroristThreat,
  cyberAttack,
  drugOperation,
  gangActivity,
  schoolThreat,
];
