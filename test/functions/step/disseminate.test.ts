import { expect, test } from 'vitest';
import { create } from '../../../functions/step/handler.ts';
import type { Fact } from '../../../shared/contracts/policy.ts';
import { stepsOf } from '../../../shared/contracts/workflow.ts';
import { workflowNamed } from '../../../workflows/index.ts';
import { rooms } from '../../support/rooms.ts';
import { execution, perform, stage } from '../../support/scene.ts';

/** `tellPartners` of active-shooter-response, as the machine asks for it, with these facts. */
const tellPartners = async (facts: Fact[]) => {
  const ground = rooms();
  const step = stepsOf(workflowNamed('active-shooter-response')?.steps ?? []).find(({ name }) => name === 'tellPartners');
  const run = execution('I1', { id: 'active-shooter-response-I1', workflow: 'active-shooter-response' });
  await stage(ground, { executions: [run], facts });
  await create(ground.runtime)(perform('I1', 'sendDrone', { executionId: run.id, step, arguments: step?.with, token: 'token' }));
  const entries = await ground.entries();
  return { told: ground.told, recorded: entries.filter(({ kind }) => kind === 'dissemination.recorded'), entries };
};

const fact = (kind: string, subject: string, value: Fact['value'], source: Fact['source']): Fact => ({
  kind,
  subject,
  value,
  source,
  eventKey: `${source}#${kind}`,
  recordedAt: '2026-11-22T16:00:00.000Z',
  expiresAt: '2026-11-23T16:00:00.000Z',
});
const agreed = fact('sharing-agreement', 'city', { recipient: 'partner', purpose: 'mutual aid' }, 'public_guardian');
const nexus = fact('crime-nexus', 'incident/I1', { basis: 'reported-conduct' }, 'investigations');

test('an action that tells a partner is recorded in the breath in which it is asked for: to whom, why, and on which agreement', async () => {
  const { told, recorded, entries } = await tellPartners([agreed, nexus]);
  expect(told.map(({ type }) => type)).toEqual(['action.requested']);
  expect(recorded).toMatchObject([
    {
      incidentId: 'I1',
      executionId: 'active-shooter-response-I1',
      data: {
        recipient: 'partner',
        purpose: 'share',
        word: 'told',
        actionId: told[0]?.detail['actionId'],
        basis: [{ kind: 'sharing-agreement', eventKey: 'public_guardian#sharing-agreement' }],
        fields: ['index', 'purpose'],
      },
    },
  ]);
  const [requested] = entries.filter(({ kind }) => kind === 'action.requested');
  expect([recorded[0]?.at, (recorded[0]?.seq ?? 0) + 1]).toEqual([requested?.at, requested?.seq]);
});

test('an action that is refused tells nobody, and nothing is recorded as told', async () => {
  const { told, recorded } = await tellPartners([nexus]);
  expect([told.filter(({ type }) => type === 'action.requested'), recorded]).toEqual([[], []]);
});
