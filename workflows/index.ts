import type { Workflow } from '../shared/contracts/workflow.ts';
import { civilUnrestResponse } from './civil-unrest-response.ts';
import { cyberAttackResponse } from './cyber-attack-response.ts';
import { drugOperationResponse } from './drug-operation-response.ts';
import { dvRiskEscalationResponse } from './dv-risk-escalation-response.ts';
import { gangActivityResponse } from './gang-activity-response.ts';
import { gunfireResponse } from './gunfire-response.ts';
import { massCasualtyResponse } from './mass-casualty-response.ts';
import { mentalHealthCrisisResponse } from './mental-health-crisis-response.ts';
import { naturalDisasterResponse } from './natural-disaster-response.ts';
import { schoolThreatResponse } from './school-threat-response.ts';
import { terroristThreatResponse } from './terrorist-threat-response.ts';

/** Every response, in the seed's order. */
// biome-ignore format: one line each
export const workflows: readonly Workflow[] = [
  gunfireResponse,
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
