import { expect, it } from 'vitest';
import { type Step, stepsOf, type Workflow } from '../../../shared/contracts/workflow.ts';
import { createPolicyEngine } from '../../../shared/policy/index.ts';
import { workflows } from '../../../workflows/index.ts';
import { vocabulary } from '../../../workflows/vocabulary/index.ts';
import { airframe, council, exigency, NOON, request } from './given.ts';

const engine = createPolicyEngine();

/** Event types that start a workflow. */
const typesOf = ({ on }: Workflow): string[] => {
  const named = on.flatMap((one) => (one.kind === 'EVENT' ? ((one.pattern?.['type'] as string[] | undefined) ?? []) : []));
  return named.length > 0 ? [...new Set(named)] : ['manual'];
};

const isHelp = ({ action, with: args }: Step): boolean =>
  action === 'PATROL_REROUTE' ||
  action === 'CO_RESPONDER_DISPATCH' ||
  action === 'OFFICER_ALERT' ||
  action === 'SUPERVISOR_ALERT' ||
  (action === 'NOTIFICATION_SEND' && args['to'] === 'ems');

const cases = workflows.flatMap((workflow) =>
  typesOf(workflow).flatMap((type) =>
    stepsOf(workflow.steps)
      .filter(isHelp)
      .map((step) => ({ workflow, type, step, name: workflow.name, stepName: step.name })),
  ),
);

it.each(cases)(
  '$name is not slowed at $stepName by anything that is always judged, on $type, when nothing is known yet',
  ({ workflow, type, step }) => {
    const decision = engine.decide({
      workflow: workflow.name,
      action: step.action,
      step: { legalBasis: step.legalBasis, needs: step.needs, arguments: step.with },
      run: { version: workflow.version, timeoutS: workflow.timeout, startedBy: 'EVENT', approvals: [] },
      incident: { id: 'INC-1', type, sources: ['cad_system'], independentSources: 1 },
      facts: [],
      now: NOON,
      guardrails: [],
    });
    expect(decision.verdict).toBe('permit');
  },
);

it('every action that is help is one on which lives depend', () => {
  for (const { step } of cases) expect(vocabulary[step.action].lifeSafety).toBe(true);
});

it("gunfire's drone flies on an exigency, the council's word and an approved airframe, whatever verdict is still to come", () => {
  const facts = [exigency, council(), airframe];
  expect(engine.decide({ ...request(), facts }).verdict).toBe('permit');
  for (const gone of facts) expect(engine.decide({ ...request(), facts: facts.filter((one) => one !== gone) }).verdict).toBe('refuse');
});
