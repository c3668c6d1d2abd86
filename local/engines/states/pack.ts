import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Tale } from './entry.ts';

/** Small windows: a tale is a few KB, and zlib clears what it is given. */
const SMALL = { level: 1, memLevel: 5, windowBits: 13 };

/** An ended execution as one string: a leaf to the garbage collector and, as it is, a record of the snapshot. */
export const pack = (tale: Tale): string => deflateRawSync(Buffer.from(JSON.stringify(tale)), SMALL).toString('base64');

export const unpack = (packed: string): Tale => JSON.parse(inflateRawSync(Buffer.from(packed, 'base64')).toString()) as Tale;
