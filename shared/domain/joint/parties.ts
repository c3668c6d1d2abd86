import { setting } from '../../lambda/doors.ts';
import type { Runtime } from '../../lambda/runtime.ts';
import { partnersIn } from '../sharing/partners.ts';
import type { Parties } from './in-force.ts';

/** The agencies of a stage as its template tells a room. */
export const partiesIn = (runtime: Runtime): Parties => ({
  ours: setting(runtime, 'AGENCIES').split(','),
  partners: partnersIn(setting(runtime, 'PARTNERS')),
});
