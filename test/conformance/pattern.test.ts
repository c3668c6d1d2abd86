import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testEventPattern } from '../../local/engines/events/test-event-pattern.ts';

const FOLDER = new URL('../../../shared/oracles/eventbridge-patterns/', import.meta.url);

interface Case {
  id: string;
  event: string;
  pattern: string;
  expected: string;
  message?: string | null;
  aws_message?: string | null;
}

/** event-ruler takes any object as an event; the service wants the envelope, so cases without one borrow it. */
const ENVELOPE = { id: '1', source: 's', 'detail-type': 't', account: '1', region: 'us-east-1', time: '2026-01-01T00:00:00Z' };

const enveloped = (event: string): string => JSON.stringify({ ...ENVELOPE, ...(JSON.parse(event) as object) });

const verdict = (pattern: string, event: string): { expected: string; message: string | null } => {
  try {
    return { expected: testEventPattern(pattern, event) ? 'MATCH' : 'NO_MATCH', message: null };
  } catch (error) {
    const { name, message } = error as Error;
    return {
      expected: name === 'InvalidEventPatternException' ? 'INVALID' : 'INVALID_EVENT',
      message: message.replace('Event pattern is not valid. Reason: ', ''),
    };
  }
};

const cases = (file: string): Case[] =>
  readFileSync(new URL(file, FOLDER), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case);

const found = existsSync(FOLDER);
if (!found) console.warn('oracles not found, skipped: eventbridge-patterns');

describe.skipIf(!found)('patterns are judged as the oracles judge them', () => {
  it.each([
    ['aws-recorded.jsonl', 166],
    ['event-ruler.jsonl', 51],
    ['random-pairs.jsonl', 2000],
  ])('%s: all %i verdicts and reasons', (file, count) => {
    const all = cases(file);
    const wrong = all.flatMap(({ id, pattern, event, expected, ...rest }) => {
      const got = verdict(pattern, file === 'event-ruler.jsonl' ? enveloped(event) : event);
      const message = (rest.aws_message ?? rest.message)?.replace('Event pattern is not valid. Reason: ', '');
      const same = got.expected === expected && (!message || got.message === message);
      return same ? [] : [{ id, expected, message, got }];
    });
    expect(wrong).toEqual([]);
    expect(all).toHaveLength(count);
  });
});
