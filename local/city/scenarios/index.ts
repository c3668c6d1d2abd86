import { activeShooter } from './active-shooter-response.ts';
import { amberAlert } from './amber-alert-response.ts';
import { crisisEscalation } from './crisis-escalation-response.ts';
import { gunfire } from './gunfire-response.ts';
import { hotVehicle } from './hot-vehicle-response.ts';
import { lprHotHit } from './lpr-hot-hit-response.ts';
import { missingPerson } from './missing-person-response.ts';
import { officerDistress } from './officer-distress-response.ts';
import { pursuit } from './pursuit-coordination.ts';
import type { Scenario } from './scenario.ts';
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
];
