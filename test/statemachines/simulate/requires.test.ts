import { expect, test } from 'vitest';
import type { Step } from '../../../shared/contracts/workflow.ts';
import { aStep, aWorkflow } from '../compile/samples.ts';
import { FREE, simulated, world } from './ground.ts';

const staging = (more: Partial<Step>) =>
  aWorkflow([aStep('stage', { action: 'RESOURCE_ALLOCATE', with: { purpose: 'staging' }, needs: { DRONE: 1 }, undo: 'auto', ...more })]);
const among = world({ near: ['DRONE', 100], far: ['DRONE', 900] });
const asked = (more: Partial<Step>) => simulated(staging(more), {}, { among, policy: FREE });
const thermal = { capabilities: ['thermal'], certifications: ['remote-pilot'] };

test('a simulation says why these units', async () => {
  const { timeline, sent } = await asked({ requires: { DRONE: { capabilities: [], certifications: ['remote-pilot'] } } });
  expect(sent).toMatchObject([{ id: 'near', step: 'stage' }]);
  expect(timeline.find(({ kind }) => kind === 'resource.allocated')).toMatchObject({
    why: [{ unit: 'near', because: 'the nearest free one' }],
    notNearer: [],
  });
});

test('a simulation says what is short, why no unit near is sent, and which step goes without', async () => {
  const { timeline, notSent } = await asked({ requires: { DRONE: thermal } });
  const short = 'not enough free units within reach: 1 DRONE with thermal and certified for remote-pilot short';
  expect(timeline.find(({ kind }) => kind === 'resource.short')).toMatchObject({
    short: { DRONE: 1 },
    note: short,
    notNearer: [
      { unit: 'near', because: 'lacks thermal' },
      { unit: 'far', because: 'lacks thermal' },
    ],
  });
  expect(notSent).toMatchObject([{ step: 'stage', requires: { DRONE: thermal }, why: short }]);
});
