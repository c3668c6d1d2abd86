import { expect } from 'vitest';
import type { Endpoint } from '../../shared/contracts/endpoint.ts';
import { BASE_PATH, endpoints } from '../../shared/contracts/endpoints.ts';
import type { Channel, Role } from '../../shared/contracts/vocabulary.ts';
import { sampleOf } from '../support/sample.ts';
import type { System } from '../support/system.ts';

export const all: readonly Endpoint[] = endpoints;
export const followers: readonly Role[] = all.find(({ operation }) => operation === 'createTicket')?.roles ?? [];

const OTHER_PATHS = /\{[^}]+\}/g;
const bodies = new Map(all.map(({ operation, body }) => [operation, body && JSON.stringify(sampleOf(body))]));

let calls = 0;
export const call = async (running: System, { method, path, operation }: Endpoint, token: string | undefined): Promise<number> => {
  const headers = { ...(token ? { authorization: `Bearer ${token}` } : {}), 'content-type': 'application/json' };
  const request = { method, path: `${BASE_PATH}${path.replace(OTHER_PATHS, 'nobody')}`, headers, body: bodies.get(operation) };
  const { status } = await running.live(running.machine.gateway.request(request));
  // Two hundred calls a second are within the rate of those who only look; time passes for twenty at once.
  calls += 1;
  if (calls % 20 === 0) await running.pass(100);
  return status;
};

export const connects = async (running: System, channel: Channel, token: string): Promise<boolean> =>
  running.connect(channel, { headers: { authorization: `Bearer ${token}` } }).then(
    () => true,
    () => false,
  );

/** What a cell of the matrix came to: let in, whatever the operation then answered, or refused. */
export const word = (status: number): string => {
  if (status === 403) return 'forbidden';
  if (status === 401) return 'unknown';
  return status === 429 || status >= 500 ? `failed with ${status}` : 'let in';
};

/** Makes every call, and compares what came of it with what is declared. */
export const matrix = () => {
  const [seen, declared]: [string[], string[]] = [[], []];
  return {
    cell: (name: string, came: string, should: string): void => {
      seen.push(`${name}: ${came}`);
      declared.push(`${name}: ${should}`);
    },
    compare: (atLeast: number): void => {
      expect(seen.length).toBeGreaterThanOrEqual(atLeast);
      expect(seen).toEqual(declared);
    },
  };
};
