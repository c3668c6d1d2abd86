import { create as createStep } from '../../functions/step/handler.ts';
import type { Execution, StepCommand } from '../../shared/contracts/execution.ts';
import { stepsOf } from '../../shared/contracts/workflow.ts';
import { activeShooterResponse } from '../../workflows/active-shooter-response.ts';
import { type Rooms, raw } from './rooms.ts';
import { execution, onDuty, stage } from './scene.ts';

/** A run whose panic button locks a site at once, as a life-safety override. */
export const RUN = 'active-shooter-response-I1';
export const REVIEW = `${RUN}~lockAtOnce.review.0`;

const lock = stepsOf(activeShooterResponse.steps).find(({ name }) => name === 'lockAtOnce');
if (!lock) throw new Error('active-shooter-response has no step lockAtOnce');

export const locking = (more: Partial<Extract<StepCommand, { op: 'perform' }>> = {}): StepCommand => ({
  contract: 1,
  op: 'perform',
  executionId: RUN,
  attempt: 0,
  token: 'token-lock',
  ordinal: 3,
  round: 0,
  behind: [],
  step: lock,
  arguments: { ...lock.with, site: 'school-7' },
  ...more,
});

/** Stores the run, with two supervisors on duty, and dispatches its override. */
export const overridden = async (ground: Rooms, more: Partial<Execution['input']> = {}): Promise<void> => {
  const run = execution('I1', { id: RUN, workflow: 'active-shooter-response' });
  const input = { ...run.input, executionId: RUN, workflow: run.workflow, ...more };
  await stage(ground, { executions: [{ ...run, input }], facts: onDuty('ada', 'sup-1', 'sup-2', 'wc-1') });
  await createStep(ground.runtime)(locking());
};

/** A supervisor's word on the review as the bus delivers it. */
export const reviewed = async ({ stores }: Rooms, more: object = {}) => {
  const asked = await stores.executions.asked(RUN, 'lockAtOnce.review.0');
  const word = { approvalId: REVIEW, answer: 'approve', reason: 'the button was pressed in class', factsHash: asked?.factsHash };
  const detail = { ...word, by: 'sup-1', role: 'supervisor', at: '2026-11-22T18:00:00.000Z', ...more };
  return raw('swoe', detail, { 'detail-type': 'approval.answered' });
};
