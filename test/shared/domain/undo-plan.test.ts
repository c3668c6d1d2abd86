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
