import type { Screen } from './delivery.ts';

/** Lets every delivery pass. */
export const screen: Screen = async (normals) => ({ pass: [...normals], later: [], shed: [], repeats: [] });
