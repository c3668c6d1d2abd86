import { inOrder, type Observation } from './observation.ts';

/** Members as they were observed, each once: what happened first comes first, whenever it was told. */
export const timeline = (members: readonly Observation[]): Observation[] =>
  [...new Map(members.map((seen) => [seen.node, seen])).values()].sort(inOrder);
