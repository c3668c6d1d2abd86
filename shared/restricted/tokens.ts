import { nodeOf } from '../lambda/ids.ts';

const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 26;

/** A name for a subject that has nothing of it: 26 characters by chance. */
export const newSubject = (random: () => number): string =>
  `subject-${Array.from({ length: LENGTH }, () => BASE32[Math.floor(random() * BASE32.length)]).join('')}`;

/** The token of the piece that is taken from an event, a reply or a letter: the same on every delivery of it. */
export const pieceToken = (of: string): string => `sealed-${nodeOf(`sealed ${of}`)}`;
