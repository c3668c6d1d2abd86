export { isWorthALine, lineOf } from './lines.ts';
export { simulate } from './simulate.ts';
export type { World } from './world.ts';
