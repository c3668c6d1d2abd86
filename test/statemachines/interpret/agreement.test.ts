import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BEGIN, play } from './play.ts';
import { evaluated, type Outcome } from './reference/evaluate.ts';
import { MACHINES, tasksOf } from './reference/machines.ts';

/** How a task goes, drawn from what it was given; about half of them well, and some too slowly for their timeout. */
const world =
  (seed: number) =>
  (given: unknown): Outcome => {
    const digest = createHash('sha256')
      .update(`${seed}${JSON.stringify(given)}`)
      .digest();
    const after = 1 + (digest.readUInt32LE(0) % 200_000);
    const mood = digest.readUInt8(4) % 8;
    if (mood === 0) return { error: 'Boom', after };
    return mood < 4 ? { error: 'Busy', after } : { output: mood === 4 ? { mood: [mood] } : mood, after };
  };

const told = (tries: readonly { name: string; at: number }[]): string[] => tries.map(({ name, at }) => `${name} ${at - BEGIN}`).sort();

describe('the interpreter and a plain evaluator', () => {
  it('agree on any machine and any world: how it ends, when, with what, and which tasks were tried when', async () => {
    await fc.assert(
      fc.asyncProperty(MACHINES, fc.nat(), async (definition, seed) => {
        const outcome = world(seed);
        const expected = await evaluated(definition, { seed }, BEGIN, outcome);
        const tasks = Object.fromEntries(
          tasksOf(definition).map((name) => [name, (_: number, { arguments: given }: { arguments: unknown }) => outcome(given)]),
        );
        const { execution, orders } = await play(definition, { input: { seed }, tasks });
        const tries = orders.map(({ arguments: given }) => given as { name: string; at: number });
        expect(told(tries)).toEqual(told(expected.tries));
        expect({ at: execution.stoppedAt, error: execution.error, output: execution.output?.value }).toEqual({
          at: expected.at,
          error: 'error' in expected ? expected.error : undefined,
          output: 'output' in expected ? expected.output : undefined,
        });
        expect(execution.status).toBe('error' in expected ? 'FAILED' : 'SUCCEEDED');
      }),
      { numRuns: 250 },
    );
  });
});
