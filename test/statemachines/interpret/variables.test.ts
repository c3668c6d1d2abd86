import { describe, expect, it } from 'vitest';
import { jsonata, outputOf, play } from './play.ts';

const KB = 1024;
const text = (bytes: number): string => 'x'.repeat(bytes - 2);

/** Assigns so many variables of 200 KB, one state after the other, and ends. */
const chain = (count: number, name: (index: number) => string) =>
  Object.fromEntries([
    ...Array.from({ length: count }, (_, index): [string, object] => [
      `S${index}`,
      { Type: 'Pass', Assign: { [name(index)]: '{% $states.input %}' }, Next: index + 1 < count ? `S${index + 1}` : 'End' },
    ]),
    ['End', { Type: 'Pass', Output: 'stored', End: true }],
  ]);

describe('variables', () => {
  const input = text(200 * KB);

  it('one Assign takes 256 KiB, in one variable or in several, and not a byte more', async () => {
    const assigning = (Assign: Record<string, string>) => play(jsonata({ A: { Type: 'Pass', Assign, Output: 'stored', End: true } }));
    const half = text(128 * KB);
    expect(outputOf(await assigning({ a: half, b: half }))).toBe('stored');
    expect((await assigning({ a: half, b: `${half}x` })).execution.error).toBe('States.DataLimitExceeded');
    expect((await assigning({ a: text(256 * KB + 1) })).execution.error).toBe('States.DataLimitExceeded');
  });

  it('an execution stores 10 MiB and no more; what is assigned anew takes the room of what it was', async () => {
    expect(outputOf(await play(jsonata(chain(51, (index) => `v${index}`)), { input }))).toBe('stored');
    expect((await play(jsonata(chain(52, (index) => `v${index}`)), { input })).execution.error).toBe('States.DataLimitExceeded');
    expect(outputOf(await play(jsonata(chain(120, (index) => `v${index % 4}`)), { input }))).toBe('stored');
  });

  it('the room that a branch took is free when it ended, and taken while it runs', async () => {
    const branch = (prefix: string) => ({
      StartAt: `${prefix}0`,
      States: renamed(
        chain(20, (index) => `${prefix}${index}`),
        prefix,
      ),
    });
    const forked = (names: string[], next: object) =>
      jsonata({ P: { Type: 'Parallel', Branches: names.map(branch), Output: '{% $states.input %}', Next: 'S0' }, ...next });
    expect(
      outputOf(
        await play(
          forked(
            ['a', 'b'],
            chain(30, (index) => `v${index}`),
          ),
          { input },
        ),
      ),
    ).toBe('stored');
    expect(
      (
        await play(
          forked(
            ['a', 'b', 'c'],
            chain(1, () => 'v'),
          ),
          { input },
        )
      ).execution.error,
    ).toBe('States.DataLimitExceeded');
  });
});

/** State names are unique over the whole machine. */
const renamed = (states: Record<string, object>, prefix: string): Record<string, object> => {
  const nameOf = (name: string): string => (name === 'End' ? `${prefix}End` : name.replace('S', prefix));
  return Object.fromEntries(
    Object.entries(states).map(([name, state]) => {
      const { Next, ...rest } = state as { Next?: string };
      return [nameOf(name), Next ? { ...rest, Next: nameOf(Next) } : rest];
    }),
  );
};
