/** Calls that were taken down before anyone knew what they are about. By themselves they say nothing that could be compared. */
export const UNSORTED = 'call';

/** Families that can be two sides of one happening: what was done and who was hurt by it, what is seen and what comes of it. */
const RELATED: readonly (readonly [string, string])[] = [
  ['traffic', 'medical'],
  ['traffic', 'fire'],
  ['traffic', 'mass-casualty'],
  ['fire', 'medical'],
  ['fire', 'fire-alarm'],
  ['fire', 'gas'],
  ['fire', 'mass-casualty'],
  ['gas', 'hazmat'],
  ['gas', 'medical'],
  ['hazmat', 'medical'],
  ['medical', 'mass-casualty'],
  ['gunfire', 'medical'],
  ['gunfire', 'weapon'],
  ['gunfire', 'mass-casualty'],
  ['violence', 'medical'],
  ['violence', 'weapon'],
  ['violence', 'unrest'],
  ['violence', 'robbery'],
  ['robbery', 'weapon'],
  ['robbery', 'suspicious'],
  ['burglary', 'suspicious'],
  ['domestic', 'medical'],
  ['domestic', 'violence'],
  ['domestic', 'crisis'],
  ['domestic', 'weapon'],
  ['crisis', 'medical'],
  ['crisis', 'missing'],
  ['flood', 'traffic'],
  ['threat', 'suspicious'],
];

const pairs = new Set(RELATED.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));

/** Whether two families are of two sides of one happening. */
export const isRelated = (a: string, b: string): boolean => pairs.has(`${a} ${b}`);
