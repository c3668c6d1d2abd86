import { expect, test } from 'vitest';
import type { Feed } from '../../../functions/poll/feeds.ts';
import { type PollDeps, poll } from '../../../functions/poll/poll.ts';
import type { News } from '../../../functions/poll/put.ts';
import type { Answer } from '../../../shared/lambda/fetch.ts';

const NWS: Feed = { name: 'nws', url: 'https://nws.example/alerts', source: 'weather_service', detailType: 'nws.alert' };
const USGS: Feed = { name: 'usgs', url: 'https://usgs.example/hour', source: 'sensor_grid', detailType: 'usgs.earthquake' };

const feature = (id: string, more: object = {}) => ({ type: 'Feature', id, ...more });
const collection = (features: unknown[], headers: Partial<Answer> = {}): Answer => ({
  status: 200,
  body: JSON.stringify({ features }),
  ...headers,
});
const NOT_MODIFIED: Answer = { status: 304, body: '' };

/** A poller whose servers answer from a list, the last answer again and again, and whose bus refuses what it is told to. */
const polling = (answers: Record<string, (Answer | Error)[]>, refuses: (one: News) => boolean | Error = () => false) => {
  const asked: { url: string; headers: Readonly<Record<string, string>> }[] = [];
  const put: string[] = [];
  const batches: number[] = [];
  const said: Record<string, unknown>[] = [];
  const log = (_: string, fields: Record<string, unknown>) => void said.push(fields);
  const deps: PollDeps = {
    feeds: [NWS, USGS].filter(({ name }) => answers[name]),
    userAgent: '(swoe-test, ops@city.example)',
    fetch: async (url, headers) => {
      asked.push({ url, headers });
      const name = url === NWS.url ? 'nws' : 'usgs';
      const answer = (answers[name]?.length ?? 0) > 1 ? answers[name]?.shift() : answers[name]?.[0];
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no answer');
      return answer;
    },
    put: async ({ source }, news) => {
      batches.push(news.length);
      const left = [];
      for (const one of news) {
        const refused = refuses(one);
        if (refused instanceof Error) throw refused;
        if (refused) left.push(one);
        else put.push(`${source} ${(JSON.parse(one.text) as { id: string }).id}`);
      }
      return left;
    },
    log: { info: log, warn: log, error: log },
  };
  return { turn: poll(deps), asked, put, batches, said };
};

test('each feature of each feed is put under its source’s name, and said who asks', async () => {
  const { turn, asked, put } = polling({ nws: [collection([feature('a'), feature('b')])], usgs: [collection([feature('q')])] });
  expect(await turn()).toEqual([
    { feed: 'nws', put: 2, failed: 0, unchanged: false },
    { feed: 'usgs', put: 1, failed: 0, unchanged: false },
  ]);
  expect(put).toEqual(['weather_service a', 'weather_service b', 'sensor_grid q']);
  expect(asked[0]?.headers).toEqual({ accept: 'application/geo+json', 'user-agent': '(swoe-test, ops@city.example)' });
});

test('the next turn asks only for what is newer, and puts only what is', async () => {
  const { turn, asked, put } = polling({
    nws: [
      collection([feature('a'), feature('b')], { etag: '"1"', lastModified: 'Sun, 22 Nov 2026 17:00:00 GMT' }),
      NOT_MODIFIED,
      collection([feature('b', { updated: 2 }), feature('a'), feature('c')], { etag: '"2"' }),
    ],
  });
  await turn();
  expect(await turn()).toEqual([{ feed: 'nws', put: 0, failed: 0, unchanged: true }]);
  expect(asked[1]?.headers).toMatchObject({ 'if-none-match': '"1"', 'if-modified-since': 'Sun, 22 Nov 2026 17:00:00 GMT' });
  await turn();
  expect(put).toEqual(['weather_service a', 'weather_service b', 'weather_service b', 'weather_service c']);
});

test('what the bus does not take is put by the next turn, although the feed has not changed', async () => {
  let broken = true;
  const { turn, put, asked, said } = polling(
    { nws: [collection([feature('a'), feature('b'), feature('c')], { etag: '"1"' })] },
    (one) => broken && one.text.includes('"b"'),
  );
  expect(await turn()).toEqual([{ feed: 'nws', put: 2, failed: 1, unchanged: false }]);
  expect(said[0]).toMatchObject({ line: 'poll.failed', feed: 'nws', put: 2, refused: 1, failures: 1 });
  broken = false;
  expect(await turn()).toEqual([{ feed: 'nws', put: 1, failed: 0, unchanged: false }]);
  expect(asked[1]?.headers).not.toHaveProperty('if-none-match');
  expect(put).toEqual(['weather_service a', 'weather_service c', 'weather_service b']);
});

test('a call that fails loses no feature of its batch, and keeps no other batch', async () => {
  let down = true;
  const all = Array.from({ length: 25 }, (_, at) => feature(`f-${at}`));
  const { turn, put, batches, said } = polling({ nws: [collection(all)] }, (one) =>
    down && one.text.includes('"f-12"') ? new Error('throttled') : false,
  );
  expect(await turn()).toMatchObject([{ failed: 10 }]);
  expect(said[0]).toMatchObject({ line: 'poll.failed', cause: 'throttled' });
  expect(batches).toEqual([10, 10, 5]);
  down = false;
  await turn();
  expect(new Set(put).size).toBe(25);
});

test('a feed that cannot be read is said, counted in a row, and keeps the other from nothing', async () => {
  const { turn, put, said } = polling({
    nws: [
      new Error('getaddrinfo ENOTFOUND nws.example'),
      { status: 503, body: '' },
      { status: 200, body: '<html>' },
      collection([feature('a')]),
    ],
    usgs: [collection([feature('q')])],
  });
  for (let times = 0; times < 4; times += 1) await turn();
  expect(said.filter(({ line }) => line === 'poll.failed')).toMatchObject([
    { feed: 'nws', failures: 1, cause: 'getaddrinfo ENOTFOUND nws.example' },
    { feed: 'nws', failures: 2, cause: 'The server answered 503' },
    { feed: 'nws', failures: 3, error: 'SyntaxError' },
  ]);
  expect(put).toEqual(['sensor_grid q', 'weather_service a']);
});

test('calls stay under the bus’s bounds, and a feature that never fits is said once', async () => {
  const wide = (id: string, bytes: number) => feature(id, { text: 'x'.repeat(bytes) });
  const { turn, put, batches, said } = polling({
    nws: [collection([wide('a', 100_000), wide('b', 100_000), wide('c', 100_000), wide('d', 300_000)])],
  });
  expect(await turn()).toEqual([{ feed: 'nws', put: 3, failed: 1, unchanged: false }]);
  expect(batches).toEqual([2, 1]);
  expect(await turn()).toEqual([{ feed: 'nws', put: 0, failed: 0, unchanged: false }]);
  expect(said.filter(({ line }) => line === 'poll.failed')).toMatchObject([{ tooLarge: 1 }]);
  expect(put).toHaveLength(3);
});
