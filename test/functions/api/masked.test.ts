import { expect, test } from 'vitest';
import { create as createIngest } from '../../../functions/ingest/handler.ts';
import { LOOK } from '../../../shared/contracts/endpoint.ts';
import { delivery, gunshot, raw } from '../../support/rooms.ts';
import { api, withExecution } from './ground.ts';

const WHO = 'JANE ROE';

test('a name is shown to nobody unasked; of whom an event speaks is told apart by those who respond and review, and by nobody who only watches or runs the system', async () => {
  const ground = api();
  const named = { summary: `${WHO} shot at`, entities: [{ kind: 'person-name', id: WHO }], caller: WHO };
  await createIngest(ground.runtime)(delivery(raw('gunshot_detection', gunshot('shot-1', named))) as never);
  await withExecution(ground);
  const shown = async (role: (typeof LOOK)[number]): Promise<string> => {
    const { status, body } = await ground.get('/events/history', { roles: [role] });
    expect([status, body.items.length]).toEqual([200, 1]);
    return JSON.stringify(body);
  };
  const blind = [];
  for (const role of LOOK) {
    const told = await shown(role);
    expect(told).not.toContain(WHO);
    if (!/"kind":"person-name","id":"subject-[0-9A-Z]{26}"/.test(told)) blind.push(role);
  }
  expect(blind).toEqual(['viewer', 'admin']);
});

test('what a question shows is seen by whoever may answer it', async () => {
  const ground = api();
  await withExecution(ground);
  const facts = async (role: 'viewer' | 'supervisor') => (await ground.get('/approvals', { roles: [role] })).body.items[0]?.['facts'];
  expect(await facts('viewer')).toEqual({});
  expect(await facts('supervisor')).toMatchObject({ independentSources: 2 });
});
