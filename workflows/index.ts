import type { Workflow } from '../shared/contracts/workflow.ts';
import { activeShooterResponse } from './active-shooter-response.ts';
import { amberAlertResponse } from './amber-alert-response.ts';
import { crisisEscalationResponse } from './crisis-escalation-response.ts';
import { gunfireResponse } from './gunfire-response.ts';
import { hotVehicleResponse } from './hot-vehicle-response.ts';
import { lprHotHitResponse } from './lpr-hot-hit-response.ts';
import { missingPersonResponse } from './missing-person-response.ts';
import { officerDistressResponse } from './officer-distress-response.ts';
import { pursuitCoordination } from './pursuit-coordination.ts';
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
];

const byName = new Map(workflows.map((workflow) => [workflow.name, workflow]));

export const workflowNamed = (name: string): Workflow | undefined => byName.get(name);
