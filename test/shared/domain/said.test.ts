import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { replyRefusal, stepOutput } from '../../../shared/domain/said.ts';
import { vocabulary } from '../../../workflows/vocabulary/index.ts';

const { reply } = vocabulary.THREAT_ASSESSMENT;

test('a step says the declared scalar fields of its reply, and nothing else of it', () => {
  const result = { level: 'HIGH', weapon: true, names: ['Jane Roe'], note: 'see file' };
  expect(stepOutput(reply, 'run/assess/0', result)).toEqual({ actionId: 'run/assess/0', said: { level: 'HIGH', weapon: true } });
});

test('a result that does not fit names its place', () => {
  expect(replyRefusal(reply, 'a', { level: 'HUGE' })).toMatch(/^result\.level: /);
  expect(replyRefusal(reply, 'a', { level: 'HIGH', more: 1 })).toBeUndefined();
});

test('whatever a subsystem answers, what is handed on holds only declared names', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(...Object.values(vocabulary)), (result, action) => {
      const { said } = stepOutput(action.reply, 'run/step/0', result);
      for (const field of Object.keys(said)) expect(Object.keys(action.reply.shape)).toContain(field);
      expect(Buffer.byteLength(JSON.stringify(said))).toBeLessThanOrEqual(1024);
    }),
  );
});

test('a declared field that would swell the state is refused', () => {
  expect(replyRefusal(z.looseObject({ text: z.string() }), 'a', { text: 'x'.repeat(1100) })).toContain('at most 1024 bytes');
});
