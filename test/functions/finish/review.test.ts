import { expect, test } from 'vitest';
import { create } from '../../../functions/finish/handler.ts';
import { create as createStep } from '../../../functions/step/handler.ts';
import { overridden, REVIEW, RUN } from '../../support/override.ts';
import { rooms } from '../../support/rooms.ts';
import { ask } from '../../support/scene.ts';

const failed = { contract: 1, op: 'compensate', executionId: RUN, error: { Error: 'SWOE.ActionFailed', Cause: 'no' } };

test.each([
  ['COMPLETED', { contract: 1, op: 'complete', executionId: RUN }],
  ['FAILED', failed],
] as const)(
  'a run that ends as %s closes its open questions and leaves its review open, however often it is told',
  async (status, command) => {
    const ground = rooms();
    await overridden(ground);
    await createStep(ground.runtime)({ ...ask('I1', 'warnPublic'), executionId: RUN });
    for (let n = 0; n < 2; n += 1) await create(ground.runtime)(command);
    expect(await ground.stores.executions.get(RUN)).toMatchObject({ status });
    expect((await ground.stores.executions.openApprovals()).map(({ id }) => id)).toEqual([REVIEW]);
    const expired = (await ground.entries()).filter(({ kind }) => kind === 'approval.expired');
    expect(expired.map(({ data }) => data['approvalId'])).toEqual([`${RUN}~warnPublic`]);
  },
);
