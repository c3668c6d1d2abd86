import { agreed, shot } from '../support/system.ts';
import { north, put, type Scene } from './stage.ts';

const UP = 33_000;

/** What is known of an incident is looked at, two persons say that it is not so, and its event turns out to have been elsewhere. */
export const facts: Readonly<Record<string, Scene>> = {
  'two persons withdraw what a shot attests, and the shot was another incident’s': async (stage) => {
    const { running } = stage;
    await put(stage, 'attests', UP);
    await running.put('cad_system', 'call.shots-fired', { ...shot('attests-call', north(UP)), type: 'call.shots-fired' });
    await running.pass(3_000);
    const list = async (query: string) =>
      (await running.rest<{ items: { id: string; subject: string }[] }>('supervisor', 'GET', `/facts${query}`)).body;
    const [fact] = (await list('?kind=exigency&limit=5')).items;
    if (!fact) throw new Error('a shot attests nothing');
    await list(`?subject=${encodeURIComponent(fact.subject)}`);
    await running.rest('supervisor', 'GET', `/facts/${fact.id}`);
    await agreed(running, `/facts/${fact.id}/override`, { action: 'withdraw', until: 'for-good', reason: 'it was a car' });
    const away = { ...shot('attests-mended', north(UP + 4_000)), type: 'event.corrected' };
    const data = { ...away.data, corrects: { source: 'cad_system', id: 'attests-call' } };
    await running.put('dispatch', 'event.corrected', { ...away, data });
    await running.pass(5_000);
  },
};
