import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Asked } from '../../../shared/contracts/ask.ts';
import type { Endpoint } from '../../../shared/contracts/endpoint.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { successesOf } from '../../../shared/contracts/openapi/successes.ts';
import type { System } from '../../support/system.ts';
import { ask, type Request, type Told } from './ask.ts';
import { described, fuzzed } from './fuzzed.ts';
import { type Known, scene } from './scene.ts';
import { inOrder, valid } from './valid.ts';

/**
 * Every operation of docs/openapi.json against the running system. SWOE_FUZZ_RUNS: how many strange requests for each. A failure prints its
 * seed; what was asked before it matters as well, so a request alone may do no harm.
 */
const RUNS = Number(process.env['SWOE_FUZZ_RUNS'] ?? 15);

let running: System;
let known: Known;
beforeAll(async () => {
  ({ running, known } = await scene());
});
let requests = 0;
const put = (request: Request): Promise<Told> => {
  requests += 1;
  return ask(running, request);
};
/** What became of the strange ones. */
const statuses = new Map<number, number>();
const count = (status: number): void => {
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
};
afterAll(() => {
  running.stop();
  console.info(`${requests} requests; the strange ones were answered, by status: ${JSON.stringify(Object.fromEntries(statuses))}`);
});

describe('asked as the document says', () => {
  test.each(inOrder)('$operation answers with a success as it is declared', async (endpoint) => {
    const { status, wrong, text } = await put(valid(known, endpoint));
    expect(wrong).toEqual([]);
    expect(status, text).toBe(successesOf(endpoint)[0]?.status);
    if (endpoint.twoPersons) known.asks.push((JSON.parse(text) as Asked).ask.id);
    // What was asked for is done before the next is asked: a run is paused, then resumed.
    await running.pass(1000);
  });
});

describe('asked by whoever may not', () => {
  test.each(endpoints as readonly Endpoint[])('$operation refuses as it is declared', async (endpoint) => {
    const request = valid(known, endpoint);
    const nobody = await put({ ...request, role: 'nobody' });
    expect([nobody.status, nobody.wrong]).toEqual([401, []]);
    if (endpoint.roles.includes('subsystem')) return;
    const stranger = await put({ ...request, role: 'subsystem' });
    expect([stranger.status, stranger.wrong]).toEqual([403, []]);
  });
});

describe('asked anything', () => {
  test.each(described)(`$operationId answers ${RUNS} strange requests with nothing undeclared and no 5xx`, async (operation) => {
    const ids = [
      ...known.runs,
      ...known.ended,
      ...known.letters,
      ...known.incidents,
      known.approval.id,
      known.reservation,
      ...Object.values(known.joint),
      ...known.asks,
      known.review.week,
      ...known.held.map(({ id }) => id),
      'officer-1',
      'gunfire-response',
      'gunshot_detection#shot-1',
    ];
    const answered = fc.asyncProperty(fuzzed(operation, ids), async (request) => {
      const { status, wrong } = await put(request);
      count(status);
      expect(wrong).toEqual([]);
    });
    await fc.assert(answered, { numRuns: RUNS, endOnFailure: true });
  });

  test('what is strange is refused in many ways, and much of it is answered', () => {
    for (const status of [200, 400, 403]) expect(statuses.get(status) ?? 0).toBeGreaterThan(described.length / 4);
    expect(statuses.has(404)).toBe(true);
  });
});
