import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../local/kernel/random.ts';
import { Refusal } from '../../../local/kernel/refusal.ts';
import { optionsOf } from '../../../local/start/options.ts';
import { randomFaults } from '../../../local/start/random-faults.ts';
import { ratesOf } from '../../../local/start/rates.ts';
import { unusual } from '../../../local/start/welcome.ts';

const given = { demo: true, city: true, data: '.swoe' };
const refusal = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return (error as Error).message;
  }
  return expect.unreachable();
};

describe('options of npm start', () => {
  it('without any, time runs as in life and nothing goes wrong on purpose', () => {
    const options = optionsOf(given, {});
    expect(options).toMatchObject({ speed: 1, rates: { call: 0, delivery: 0, invocation: 0 } });
    expect(unusual(options, 0)).toEqual([]);
  });

  it.each(['0', '-1', '101', 'fast', ''])('--speed %j is refused, saying what it takes', (speed) => {
    expect(refusal(() => optionsOf({ ...given, speed }, {}))).toBe(
      `--speed is "${speed}": say how many times faster than life the clock runs, from 0.1 to 100.`,
    );
  });

  it.each(['2', 'call', 'call=2', 'calls=0.1', 'call=0.1=2', '', 'call=0.1,,'])(
    '--faults %j is refused, saying what it takes',
    (faults) => {
      expect(refusal(() => optionsOf({ ...given, faults }, {}))).toMatch(
        /^--faults is ".*": give one rate from 0 to 1, such as 0\.01, or rates by name/,
      );
    },
  );

  it('one rate is the rate of everything, named ones leave the rest alone', () => {
    expect(ratesOf('0.01')).toEqual({ call: 0.01, delivery: 0.01, invocation: 0.01 });
    expect(ratesOf('call=0.01, delivery=1')).toEqual({ call: 0.01, delivery: 1, invocation: 0 });
  });

  it('the welcome says what is not as in life', () => {
    const options = optionsOf({ ...given, speed: '10', faults: 'delivery=0.02', seed: 's' }, {});
    expect(unusual(options, 7_200_000)).toEqual([
      '  Clock         runs 10 times as fast as life',
      '  Clock         2.0 h ahead: it ran fast before, and never goes back',
      '  Faults        2 % of deliveries go wrong on purpose; --seed s draws the same again',
    ]);
  });
});

describe('random faults', () => {
  const draw = (seed: string) => {
    const faults = randomFaults({ call: 0.1, delivery: 0, invocation: 1 }, seededRandom(seed));
    return [...Array(1000)].map(() => [faults.call('dynamodb:PutItem'), faults.delivery('arn'), faults.invocation('step')]);
  };

  it('come at their rates', () => {
    const drawn = draw('a');
    const calls = drawn.filter(([call]) => call).length;
    expect(calls).toBeGreaterThan(60);
    expect(calls).toBeLessThan(150);
    expect(drawn.filter(([, delivery]) => delivery)).toEqual([]);
    expect(drawn.filter(([, , invocation]) => !invocation)).toEqual([]);
  });

  it('are the same under the same seed, and of every kind', () => {
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
    expect(new Set(draw('a').flatMap((all) => all.map((fault) => fault?.kind)))).toEqual(
      new Set([undefined, 'throttle', 'lose', 'delay', 'timeout', 'cold', 'skew']),
    );
  });
});
