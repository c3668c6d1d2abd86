import { canonical, sha256 } from '../../shared/lambda/ids.ts';

/** The strong ETag of an answer: the same for the same content, in whichever order a store gave it. */
export const etagOf = (body: unknown): string => `"${sha256(canonical(body)).slice(0, 32)}"`;

/** Whether one of the marks in If-None-Match is this; a mark that a proxy made weak is as good. */
export const stillStands = (ifNoneMatch: string | undefined, etag: string): boolean =>
  (ifNoneMatch ?? '').split(',').some((mark) => [etag, `W/${etag}`, '*'].includes(mark.trim()));
