import { inject } from 'vitest';
import { systemOn } from '../support/system.ts';

export { agreed, approveAll, FLEET, type Manners, shot, willing } from '../support/system.ts';

type Options = Parameters<typeof systemOn>[1];

/** The system on the assembly that this run of the tests synthesised. */
export const system = (options?: Options) => systemOn(inject('assembly'), options);
