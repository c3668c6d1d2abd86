import type { Bug } from './bug.ts';
import { functionBugs } from './functions.ts';
import { machineBugs } from './machine.ts';

/** Every bug that the simulation must find. */
export const bugs: readonly Bug[] = [...functionBugs, ...machineBugs];
