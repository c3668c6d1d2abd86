// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import type { Node, Step, Workflow } from '../../../shared/contracts/workflow.ts';
import { place } from '../../../workflows/language/input.ts';
import { closing, opening } from '../../workflows/samples.ts';

/** A step in the stored form; tests say what matters to them. */
export const aStep = (name: string, more: Partial<Step> = {}): Step => ({
  kind: 'step',
  name,
  action: 'TACTICAL_ANALYSIS',
  with: { question: 'approach', radiusM: 100, label: 'advice', expires: '5m' },
  needs: {},
  within: 30,
  retries: 0,
  onFailure: 'degrade',
  undo: 'never',
  guardrails: [],
  ...more,
});

export const anApproval = (more: Partial<Extract<Node, { kind: 'approval' }>> = {}): Node => ({
  kind: 'approval',
  name: 'ask',
  ask: 'supervisor',
  question: 'May we?',
  within: 60,
  onSilence: 'refuse',
  escalateTo: [],
  then: [aStep('allowed')],
  otherwise: [],
  ...more,
});

/** Opens and closes as every flow does; `nodes` stand between. */
export const aWorkflow = (nodes: readonly Node[], more: Partial<Workflow> = {}): Workflow => ({
  name: 'sample',
  title: 'Sample',
  version: 1,
  purpose: 'To be compiled.',
  priority: 'HIGH',
  timeout: 3600,
  on: [],
  inputs: { location: place({ required: true }) },
  supersedes: [],
  guardrails: [],
  steps: [opening, ...nodes, ...closing],
  ...more,
});
