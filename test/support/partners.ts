import { create } from '../../functions/step/handler.ts';
import type { PartnerTerms } from '../../shared/contracts/partner.ts';
import type { Fact } from '../../shared/contracts/policy.ts';
import { stepsOf } from '../../shared/contracts/workflow.ts';
import { workflowNamed } from '../../workflows/index.ts';
import { rooms } from './rooms.ts';
import { execution, perform, stage } from './scene.ts';

type Agreement = NonNullable<PartnerTerms['agreement']>;

/** NCIC, which may be asked by a plate in matters of criminal justice. */
export const ncic = (agreement: Partial<Agreement> = {}): PartnerTerms => ({
  id: 'ncic',
  ori: 'FL0501300',
  agreement: {
    id: 'MOU-NCIC-7',
    purposes: ['criminal-justice'],
    may: ['ask'],
    identifiers: ['plate'],
    from: '2026-01-01T00:00:00Z',
    until: '2027-01-01T00:00:00Z',
    ...agreement,
  },
});
export const NCIC = ncic();

/** `confirmUrgently` of hot-vehicle-response, as the machine asks for it, in a stage with these partners: what was asked of whom, and what the journal holds. */
export const confirming = async (partners: readonly PartnerTerms[], facts: Fact[] = []) => {
  const ground = rooms();
  const runtime = { ...ground.runtime, env: { ...ground.runtime.env, PARTNER_TERMS: JSON.stringify(partners) } };
  const step = stepsOf(workflowNamed('hot-vehicle-response')?.steps ?? []).find(({ name }) => name === 'confirmUrgently');
  const id = 'hot-vehicle-response-I1';
  const run = execution('I1', { id, workflow: 'hot-vehicle-response', priority: 'HIGH' });
  const entities = [
    { kind: 'plate', id: 'RBH-4417' },
    { kind: 'person-name', id: 'EXAMPLE, ALEX' },
  ];
  const { priority, summary } = run.input;
  const situation = { priority, summary, eventKey: 'investigations#1', at: run.createdAt, entities };
  const input = { ...run.input, requestedBy: 'ada', inputs: { case: 'RB-2026-000417' } };
  await stage(ground, { executions: [{ ...run, input, situation }], facts });
  await create(runtime)(perform('I1', 'sendDrone', { executionId: id, step, arguments: step?.with, token: 'token' }));
  const entries = await ground.entries();
  const requests = ground.told.filter(({ type }) => type === 'action.requested').map(({ detail }) => detail);
  return { ground, requests, recorded: entries.filter(({ kind }) => kind === 'dissemination.recorded'), entries };
};
