import { expect, it } from 'vitest';
import { stepsOf } from '../../shared/contracts/workflow.ts';
import { workflowNamed } from '../../workflows/index.ts';

const HELP = [
  'dv-risk-escalation-response',
  'mental-health-crisis-response',
  'mass-casualty-response',
  'natural-disaster-response',
  'terrorist-threat-response',
  'school-threat-response',
] as const;

it.each(HELP)('%s starts without a place, too: whoever can be told is told', (name) => {
  const workflow = workflowNamed(name);
  expect(workflow?.inputs['location']).toMatchObject({ type: 'location', required: false });
  const placeless = stepsOf(workflow?.steps ?? []).filter(
    ({ action, needs }) => action === 'SUPERVISOR_ALERT' && !Object.keys(needs).length,
  );
  expect(placeless).not.toEqual([]);
});
