export type { Complaint } from './assumptions.ts';
export { lineOf } from './lines.ts';
export { type SimulateDeps, type Simulated, simulate } from './simulate.ts';
export type { World } from './world.ts';
