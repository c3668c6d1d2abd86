import { agreed } from '../support/system.ts';
import { north, type Scene, willing } from './stage.ts';

const JANE = { kind: 'person-reference', id: 'JD-1971' };
const basis = { legalBasis: 'case 26-1', reason: 'as the court has it' };

/** What is said of a person is sealed, told to whoever must act, corrected, opened, held and erased. */
export const restricted: Readonly<Record<string, Scene>> = {
  'a person is missing, and is erased afterwards': async (stage) => {
    const { running } = stage;
    const { rest } = running;
    stage.manner = (action) =>
      action === 'FUSION_CLOUD_SYNC' ? { after: 500, outcome: 'completed', note: 'seen in another county' } : willing();
    const report = { specversion: '1.0', id: 'gone-1', source: 'investigations', type: 'missing-person.reported' };
    await running.put('investigations', report.type, {
      ...report,
      data: { ...north(90_000), entities: [JANE], summary: 'She did not come home' },
    });
    await running.pass(5_000);
    const word = { corrects: { id: 'gone-1' }, entities: [{ ...JANE, id: 'JD-1972' }] };
    await running.put('investigations', 'event.corrected', { ...report, id: 'gone-2', type: 'event.corrected', data: word });
    // One that cannot be read is sealed as a letter.
    await running.put('human_stability', 'stability.screened', {
      ...report,
      id: 'unread',
      type: 'stability.screened',
      data: { level: 'so-so' },
    });
    await running.put('fusion_cloud', 'action.completed', { actionId: 'nobody/asked/0', note: 'a name' });
    await running.pass(5_000);
    const { body } = await rest<{ token: string; pieces: string[] }>('chief', 'POST', '/subjects/find', { ...JANE, reason: 'a request' });
    for (const token of body.pieces)
      await rest('watch_commander', 'POST', `/sealed/${token}/open`, { purpose: 'review', reason: 'a request' });
    await rest('chief', 'POST', `/subjects/${body.token}/hold`, basis);
    await rest('chief', 'POST', `/subjects/${body.token}/release-hold`, { reason: 'it was closed' });
    await agreed(running, `/subjects/${body.token}/erase`, basis, ['chief', 'watch_commander']);
    stage.manner = willing;
    await running.pass(400_000);
  },
};
