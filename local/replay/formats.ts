import { cad } from './readers/cad.ts';
import { calls911 } from './readers/calls-911.ts';
import { gunshots } from './readers/gunshots.ts';
import type { Reader } from './record.ts';

const READERS: readonly Reader[] = [cad, calls911, gunshots];

/** The reader of a text, told by what stands in it, never by the file's name. */
export const readerOf = (text: string): Reader | undefined => READERS.find((reader) => reader.recognises(text.slice(0, 10_000)));

export const KNOWN = READERS.map(({ name }) => name).join(', ');
