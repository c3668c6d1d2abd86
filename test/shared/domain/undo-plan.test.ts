import { expect, test } from 'vitest';
import type { StepRecord } from '../../../shared/contracts/execution.ts';
import { undoPlan } from '../../../shared/domain/undo-plan.ts';

test('undo runs newest first and leaves out what had no effect', () => {
  const step = (name: string, startedAt: string, status: StepRecord['status']): StepRecord => ({
    executionId: 'gunfire-response-I1',
    incidentId: 'I1',
    step: name,
    action: 'DRONE_DISPATCH',
    round: 0,
    actionId: name,
    status,
    ordinal: 0,
    attempt: 0,
    undo: 'auto',
    subsystem: 'drone_ops',
    units: [],
    startedAt,
  });
  const steps = [
    step('first', '2026-11-22T17:00:00.000Z', 'COMPLETED'),
    step('third', '2026-11-22T17:00:02.000Z', 'DISPATCHED'),
    step('second', '2026-11-22T17:00:01.000Z', 'COMPLETED'),
    step('failed', '2026-11-22T17:00:03.000Z', 'FAILED'),
  ];
  expect(undoPlan(steps).map(({ step: { step: name } }) => name)).toEqual(['third', 'second', 'first']);
});

test('what was asked for and not answered when its step was held stands with a person, unless it was called off', () => {
  const held = (name: string, more: Partial<StepRecord>): StepRecord => ({
    executionId: 'terrorist-threat-response-I1',
    incidentId: 'I1',
    step: name,
    action: 'CASE_GENERATION',
    round: 0,
    actionId: name,
    status: 'HELD',
    ordinal: 0,
    attempt: 0,
    undo: 'human',
    subsystem: 'investigations',
    units: [],
    startedAt: '2026-11-22T17:00:00.000Z',
    ...more,
  });
  const steps = [
    held('unanswered', { asked: ['unanswered'] }),
    held('refusedByItsSubsystem', { asked: ['refusedByItsSubsystem'], error: 'SWOE.ActionFailed' }),
    held('warnedOf', { error: 'SWOE.Held' }),
    held('calledOff', { asked: ['calledOff'], undo: 'auto' }),
    held('askedAnewAndNotYetSent', { asked: ['the attempt before'] }),
  ];
  expect(undoPlan(steps).map(({ step: { step: name }, undo }) => [name, undo])).toEqual([['unanswered', 'human']]);
});
