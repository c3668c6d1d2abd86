import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { compilePattern, createPatternIndex, explain, type InvalidPattern } from '../../shared/pattern/index.ts';
import { createBench } from '../local/engines/events/bench.ts';

const FOLDER = new URL('../../../shared/oracles/eventbridge-patterns/', import.meta.url);
const FILES = [
  ['aws-recorded.jsonl', 166],
  ['event-ruler.jsonl', 51],
  ['random-pairs.jsonl', 2000],
] as const;

interface Case {
  id: string;
  event: string;
  pattern: string;
  expected: string;
  message?: string | null;
  aws_message?: string | null;
}

interface Verdict {
  expected: string;
  message: string | null;
}

/** event-ruler takes any object as an event; the service wants the envelope, so cases without one borrow it. */
const ENVELOPE = { id: '1', source: 's', 'detail-type': 't', account: '1', region: 'us-east-1', time: '2026-01-01T00:00:00Z' };

const withoutPreface = (message: string): string => message.replace('Event pattern is not valid. Reason: ', '');
const said = (holds: unknown): Verdict => ({ expected: holds ? 'MATCH' : 'NO_MATCH', message: null });

const cases = (file: string): Case[] =>
  readFileSync(new URL(file, FOLDER), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case)
    .map((one) =>
      file === 'event-ruler.jsonl' ? { ...one, event: JSON.stringify({ ...ENVELOPE, ...(JSON.parse(one.event) as object) }) } : one,
    );

const object = (text: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** What the library is given are objects; texts that are none are the service's to refuse. */
const byLibrary = ({ pattern, event }: Case): Verdict => {
  try {
    return said(compilePattern(object(pattern) ?? {}).matches(object(event) ?? {}));
  } catch (error) {
    return { expected: 'INVALID', message: (error as InvalidPattern).reason };
  }
};

const { events } = createBench();

const byOperation = async ({ pattern, event }: Case): Promise<Verdict> => {
  try {
    return said((await events.serve('TestEventPattern', { EventPattern: pattern, Event: event }))['Result']);
  } catch (error) {
    const { name, message } = error as Error;
    const expected = { InvalidEventPatternException: 'INVALID', ValidationException: 'INVALID_EVENT' }[name] ?? name;
    return { expected, message: withoutPreface(message) };
  }
};

const agree = ({ expected, ...rest }: Case, got: Verdict): boolean => {
  const message = rest.aws_message ?? rest.message;
  return got.expected === expected && (!message || got.message === withoutPreface(message));
};

const found = existsSync(FOLDER);
if (!found) console.warn('oracles not found, skipped: eventbridge-patterns');

describe.skipIf(!found)('patterns are judged as the oracles judge them', () => {
  it.each(FILES)('%s: all %i verdicts and reasons by the operation TestEventPattern', async (file, count) => {
    const all = cases(file);
    const judged = await Promise.all(all.map(async (one) => ({ one, got: await byOperation(one) })));
    expect(judged.filter(({ one, got }) => !agree(one, got))).toEqual([]);
    expect(all).toHaveLength(count);
  });

  it.each(FILES)('%s: the same verdicts and reasons by the library', (file) => {
    const objects = cases(file).filter(({ pattern, expected }) => object(pattern) && expected !== 'INVALID_EVENT');
    expect(objects.flatMap((one) => (agree(one, byLibrary(one)) ? [] : [{ one, got: byLibrary(one) }]))).toEqual([]);
  });
});

describe.skipIf(!found)('all patterns of the oracles in one index', () => {
  const index = createPatternIndex<string>();
  const all = found ? FILES.flatMap(([file]) => cases(file).map((one) => ({ ...one, id: `${file} ${one.id}` }))) : [];
  const valid = all.filter(({ expected }) => expected === 'MATCH' || expected === 'NO_MATCH');
  const compiled = valid.map(({ id, pattern }) => ({ id, pattern: compilePattern(object(pattern) ?? {}) }));
  beforeAll(() => {
    for (const { id, pattern } of compiled) index.add(id, pattern);
  });

  it('give each event its own verdict', () => {
    const wrong = valid.filter(({ id, event, expected }) => index.matching(object(event) ?? {}).includes(id) !== (expected === 'MATCH'));
    expect(wrong).toEqual([]);
  });

  it('are for every event the patterns that match it alone', () => {
    for (const { event } of valid.filter((_, nth) => nth % 5 === 0)) {
      const subject = object(event) ?? {};
      const alone = compiled.flatMap(({ id, pattern }) => (pattern.matches(subject) ? [id] : []));
      expect(index.matching(subject)).toEqual(alone);
    }
  });

  it('are explained with the verdict they get', () => {
    const wrong = valid.filter(({ pattern, event, expected }) => {
      const { matches, branches } = explain(object(pattern) ?? {}, object(event) ?? {});
      return matches !== (expected === 'MATCH') || branches.some(({ failed }) => failed.length === 0) !== matches;
    });
    expect(wrong).toEqual([]);
  });
});
