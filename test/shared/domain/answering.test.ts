import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ApprovalRecord } from '../../../shared/contracts/execution.ts';
import { answerRefusal, lacking, type Word } from '../../../shared/domain/answering.ts';

const question = (more: Partial<ApprovalRecord> = {}): ApprovalRecord => ({
  id: 'run~warnPublic',
  executionId: 'run',
  step: 'warnPublic',
  kind: 'approval',
  round: 0,
  ask: 'incident_commander',
  second: 'supervisor',
  voices: [],
  question: 'Warn?',
  facts: {},
  releases: [],
  factsHash: 'now',
  askedAt: '2026-11-22T17:00:00.000Z',
  expiresAt: '2026-11-22T17:01:30.000Z',
  token: 't',
  ...more,
});
const NOW = Date.parse('2026-11-22T17:00:10.000Z');
const word = (by: string, role: Word['role'], more: Partial<Word> = {}): Word => ({
  answer: 'approve',
  by,
  role,
  factsHash: 'now',
  ...more,
});
const yes = (by: string, role: Word['role']): ApprovalRecord['voices'][number] => ({
  by,
  role,
  answer: 'approve',
  reason: 'seen',
  at: '2026-11-22T17:00:05.000Z',
});

describe('who may answer', () => {
  test.each([
    ['a role that was not asked', question(), word('a', 'chief'), undefined, 'role'],
    ['who asked for the workflow', question(), word('a', 'supervisor'), 'a', 'requester'],
    ['somebody who saw other facts', question(), word('a', 'supervisor', { factsHash: 'old' }), undefined, 'changed'],
    ['the same person twice', question({ voices: [yes('a', 'incident_commander')] }), word('a', 'supervisor'), undefined, 'twice'],
    ['a second in the role of the first', question({ voices: [yes('a', 'supervisor')] }), word('b', 'supervisor'), undefined, 'role'],
    ['anybody about a pause', question({ kind: 'pause' }), word('a', 'supervisor'), undefined, 'over'],
    ['anybody after its time', question({ expiresAt: '2026-11-22T17:00:10.000Z' }), word('a', 'supervisor'), undefined, 'over'],
  ])('not %s', (_, asked, said, requestedBy, why) => {
    expect(answerRefusal(asked, said, requestedBy, NOW)?.why).toBe(why);
  });

  test('who said yes may still say no', () => {
    const asked = question({ voices: [yes('a', 'supervisor')] });
    expect(answerRefusal(asked, word('a', 'supervisor', { answer: 'refuse' }), undefined, NOW)).toBeUndefined();
  });

  test('the sentence says what is still wanted', () => {
    const asked = question({ voices: [yes('a', 'incident_commander')] });
    expect(answerRefusal(asked, word('a', 'incident_commander'), undefined, NOW)?.says).toBe(
      'You have said yes; a supervisor who is another person must',
    );
    expect(answerRefusal(asked, word('b', 'incident_commander'), undefined, NOW)?.says).toBe(
      'A incident_commander has said yes already; a supervisor is still wanted',
    );
  });
});

test('however words come and repeat, two yes are two persons, one in each role that was asked', () => {
  const roles = ['incident_commander', 'supervisor', 'chief'] as const;
  const words = fc.array(fc.record({ by: fc.constantFrom('a', 'b', 'c', 'me'), role: fc.constantFrom(...roles) }), { maxLength: 12 });
  const seconds = fc.constantFrom('supervisor' as const, 'incident_commander' as const, undefined);
  fc.assert(
    fc.property(words, seconds, (said, second) => {
      let asked = question({ second });
      for (const { by, role } of said) {
        if (lacking(asked).length === 0) break;
        if (!answerRefusal(asked, word(by, role), 'me', NOW)) asked = { ...asked, voices: [...asked.voices, yes(by, role)] };
      }
      const wanted = second ? [asked.ask, second] : [asked.ask];
      const given = asked.voices.map(({ role }) => role);
      expect(asked.voices.map(({ by }) => by)).not.toContain('me');
      expect(new Set(asked.voices.map(({ by }) => by)).size).toBe(asked.voices.length);
      expect([...given, ...lacking(asked)].sort()).toEqual([...wanted].sort());
    }),
  );
});
