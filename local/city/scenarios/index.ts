import { activeShooter } from './active-shooter-response.ts';
import { gunfire } from './gunfire-response.ts';
import type { Scenario } from './scenario.ts';

/** One scenario for each workflow, in the seed's order. */
// biome-ignore format: one line each
export const scenarios: readonly Scenario[] = [
  gunfire,
  activeShooter,
];
