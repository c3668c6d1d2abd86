import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ActionType } from '../../shared/contracts/vocabulary.ts';
import { subsystems, vocabulary } from '../../workflows/vocabulary/index.ts';

const entries = ActionType.options.map((action) => ({ action, spec: vocabulary[action] }));

it('the vocabulary holds the 25 actions and no other', () => {
  expect(Object.keys(vocabulary).sort()).toEqual([...ActionType.options].sort());
});

it('SWOE itself performs four actions, and a named subsystem each of the others', () => {
  const own = entries.filter(({ spec }) => spec.performs === 'swoe').map(({ action }) => action);
  expect(own.sort()).toEqual(['AUDIT_LOG', 'POLICY_VALIDATION', 'RESOURCE_ALLOCATE', 'RESOURCE_RELEASE']);
  expect(new Set(entries.map(({ spec }) => spec.performs))).toEqual(
    // These three are asked or heard otherwise: the grid through its cameras' desk, the other two for verdicts.
    new Set(['swoe', ...subsystems.filter((one) => !['sensor_grid', 'moral_compass', 'public_guardian'].includes(one))]),
  );
});

it('no guardrail withholds an alert to officers or supervisors, or a notice to EMS', () => {
  expect(entries.filter(({ spec }) => spec.neverWithheld !== false).map(({ action, spec }) => [action, spec.neverWithheld])).toEqual([
    ['OFFICER_ALERT', true],
    ['SUPERVISOR_ALERT', true],
    ['NOTIFICATION_SEND', { to: ['ems'] }],
  ]);
});

describe.each(entries)('$action', ({ action, spec }) => {
  const schema = z.toJSONSchema(spec.parameters, { io: 'input' }) as {
    properties?: Record<string, unknown>;
    additionalProperties?: unknown;
  };

  it('takes declared parameters only, and none of payload or force', () => {
    expect(schema.additionalProperties).toBe(false);
    for (const word of ['payload', 'force', 'weapon', 'command', 'script'])
      expect(Object.keys(schema.properties ?? {})).not.toContain(word);
    expect(spec.parameters.safeParse({ payload: 'x' }).success).toBe(false);
  });

  it('says what it does, and how it is undone if a machine can', () => {
    expect(spec.summary).not.toBe('');
    if (spec.effect === 'reads') expect(spec.undo).toBeUndefined();
    if (action === 'LOCKDOWN_INITIATE') expect(spec.undo).toBeUndefined();
  });
});

it.each(['EMERGENCY_BROADCAST', 'THREAT_BROADCAST', 'BOLO_ISSUE'] as const)('%s has an expiry, an owner and a cancellation', (action) => {
  const required = (z.toJSONSchema(vocabulary[action].parameters, { io: 'input' }) as { required: string[] }).required;
  expect(required).toEqual(expect.arrayContaining(['expires', 'owner', 'cancelText']));
});

it('what a reply tells conditions is yes or no, a number, or one of a few words: nothing personal, and far below 1 KB', () => {
  for (const { action, spec } of entries) {
    const { properties = {} } = z.toJSONSchema(spec.reply) as { properties?: Record<string, { type?: string; enum?: unknown[] }> };
    for (const [field, { type = '', enum: words }] of Object.entries(properties))
      expect([action, field, words !== undefined || ['boolean', 'number', 'integer'].includes(type)]).toEqual([action, field, true]);
    expect(JSON.stringify(properties).length).toBeLessThan(1024);
  }
});
