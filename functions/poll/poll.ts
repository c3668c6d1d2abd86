import type { Fetch } from '../../shared/lambda/fetch.ts';
import { sha256 } from '../../shared/lambda/ids.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { LogSink } from '../../shared/lambda/runtime.ts';
import type { Feed } from './feeds.ts';
import { batches, fits, type News, type Put } from './put.ts';

export interface PollDeps {
  readonly feeds: readonly Feed[];
  readonly fetch: Fetch;
  readonly put: Put;
  /** The Weather Service wants to know who asks, and how to reach them. */
  readonly userAgent: string;
  readonly log: LogSink;
}

/** How one feed's turn went. `failed` counts what is to be tried again. */
export interface Turn {
  readonly feed: string;
  readonly put: number;
  readonly failed: number;
  readonly unchanged: boolean;
}

/** What one environment remembers of a feed. A cold start knows nothing and puts all of it again, which (source, id) makes harmless. */
interface Memory {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  readonly known: ReadonlySet<string>;
  /** Turns in a row that did not come to a whole end. */
  readonly failures: number;
}

const NOTHING: Memory = { known: new Set(), failures: 0 };
const BOUNDS = { timeoutMs: 10_000, maxBytes: 8 * 1024 * 1024 };

/** The features of a GeoJSON collection, one text each. */
const newsIn = (body: string): News[] => {
  const { features } = JSON.parse(body) as { features?: unknown };
  if (!Array.isArray(features)) throw new Error('The answer is no collection of features');
  return features.map((feature) => {
    const text = JSON.stringify(feature);
    return { text, hash: sha256(text) };
  });
};

const conditions = ({ etag, lastModified }: Memory): Record<string, string> => ({
  ...(etag ? { 'if-none-match': etag } : {}),
  ...(lastModified ? { 'if-modified-since': lastModified } : {}),
});

/** Puts what is new; one call that fails keeps no other from its turn. */
const putAll = async ({ put }: PollDeps, feed: Feed, news: readonly News[]): Promise<{ left: News[]; cause?: string }> => {
  const left: News[] = [];
  let cause: string | undefined;
  for (const batch of batches(news)) {
    try {
      left.push(...(await put(feed, batch)));
    } catch (error) {
      left.push(...batch);
      cause = errorFields(error).cause;
    }
  }
  return { left, ...(cause ? { cause } : {}) };
};

/** A feed's turn. What the bus did not take is not remembered as known, and neither is the collection's ETag: the next turn finds it again. */
const turn = async (deps: PollDeps, feed: Feed, memory: Memory): Promise<{ turn: Turn; memory: Memory }> => {
  const headers = { accept: 'application/geo+json', 'user-agent': deps.userAgent, ...conditions(memory) };
  const { status, body, etag, lastModified } = await deps.fetch(feed.url, headers, BOUNDS);
  if (status === 304) return { turn: { feed: feed.name, put: 0, failed: 0, unchanged: true }, memory: { ...memory, failures: 0 } };
  if (status !== 200) throw new Error(`The server answered ${status}`);
  const all = newsIn(body);
  const fresh = all.filter(({ hash }) => !memory.known.has(hash));
  const { left, cause } = await putAll(deps, feed, fresh.filter(fits));
  const tooLarge = fresh.filter((one) => !fits(one));
  const [missed, put] = [left.length + tooLarge.length, fresh.length - left.length - tooLarge.length];
  const failures = missed > 0 ? memory.failures + 1 : 0;
  if (missed > 0)
    say(deps.log, 'error', 'poll.failed', { feed: feed.name, put, refused: left.length, tooLarge: tooLarge.length, cause, failures });
  if (put > 0) say(deps.log, 'info', 'poll.put', { feed: feed.name, put, known: all.length - fresh.length });
  const again = new Set(left.map(({ hash }) => hash));
  const known = new Set(all.map(({ hash }) => hash).filter((hash) => !again.has(hash)));
  return {
    turn: { feed: feed.name, put, failed: missed, unchanged: false },
    memory: { known, failures, ...(left.length > 0 ? {} : { etag, lastModified }) },
  };
};

/** Each call is one minute's turn of every feed. A feed that fails is said in the log, and keeps no other from its turn. */
export const poll = (deps: PollDeps): (() => Promise<Turn[]>) => {
  const memories = new Map<string, Memory>();
  return async () => {
    const turns: Turn[] = [];
    for (const feed of deps.feeds) {
      const memory = memories.get(feed.name) ?? NOTHING;
      try {
        const done = await turn(deps, feed, memory);
        memories.set(feed.name, done.memory);
        turns.push(done.turn);
      } catch (error) {
        const failures = memory.failures + 1;
        memories.set(feed.name, { ...memory, failures });
        say(deps.log, 'error', 'poll.failed', { feed: feed.name, failures, ...errorFields(error) });
        turns.push({ feed: feed.name, put: 0, failed: 1, unchanged: false });
      }
    }
    return turns;
  };
};
