import { sha256 } from '../../../shared/lambda/ids.ts';

/** As long as the id of an entity may be. */
const LONGEST = 128;

/** A foreign name as an id of ours: as it is, or, where it is too long, by its hash. */
export const shortName = (name: string): string => (name.length <= LONGEST ? name : `sha256:${sha256(name)}`);
