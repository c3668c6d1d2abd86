/** A response to something this old (ms) would come to a place where nobody is any more: a person is told, and nothing is started. */
export const STALE_MS = 30 * 60_000;
