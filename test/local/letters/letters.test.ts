import { describe, expect, test } from 'vitest';
import { type Rest, RestError, restOver } from '../../../client/rest.ts';
import { create as createIngest } from '../../../functions/ingest/handler.ts';
import { agreedTo, discarded, letterOf, lettersOf, redriven } from '../../../local/letters/letters.ts';
import { inList, outcomes } from '../../../local/letters/words.ts';
import { api } from '../../functions/api/ground.ts';
import { delivery, raw } from '../../support/rooms.ts';

/** The API itself behind the client's face, asked by a supervisor. */
const withLetters = async (...sources: string[]) => {
  const ground = api();
  await createIngest(ground.runtime)(delivery(...sources.map((source) => raw(source, { hello: source }))) as never);
  const call = async (sub: string, method: string, address: string, body?: unknown): Promise<never> => {
    const { pathname, searchParams } = new URL(address, 'http://swoe.test');
    const answer = await ground.ask(method, pathname, { sub, roles: ['supervisor'], query: Object.fromEntries(searchParams), body });
    if (answer.status >= 400) throw new RestError(answer.status, String(answer.body['detail']));
    return answer.body as never;
  };
  const restOf = (sub: string): Rest => restOver(({ method, path, body }) => call(sub, method, path, body));
  return { ground, rest: restOf('ada'), second: restOf('bea') };
};

const idsOf = async (rest: Rest, which = {}) => (await lettersOf(rest, which)).map(({ busId }) => busId);

describe('npm run dead-letters', () => {
  test('lists the letters that are meant, over all pages', async () => {
    const { rest } = await withLetters(...Array.from({ length: 250 }, (_, n) => (n % 2 ? 'cad_system' : 'my_garage')));
    expect(await lettersOf(rest, {})).toHaveLength(250);
    expect(await lettersOf(rest, { about: 'not a registered source' })).toHaveLength(125);
    expect(await lettersOf(rest, { source: 'cad_system', state: 'open' })).toHaveLength(125);
    expect(await lettersOf(rest, { to: '2026-11-22T17:00:00Z' })).toEqual([]);
  });

  test('asks for several again, and one that is closed already holds up none of the others', async () => {
    const { ground, rest, second: other } = await withLetters('cad_system', 'lpr_network', 'dispatch');
    const [first = '', second = '', third = ''] = await idsOf(rest);
    await discarded(rest, [second], 'a test of the vendor');
    const all = await redriven(rest, [first, second, third], 'the registry was mended');
    expect(all).toEqual([
      { busId: first, waits: expect.any(String) },
      { busId: second, trouble: expect.stringContaining('a test of the vendor') },
      { busId: third, waits: expect.any(String) },
    ]);
    expect(ground.told).toEqual([]);
    expect(await agreedTo(rest, [], 'my own')).toMatchObject([{ trouble: expect.stringContaining('another person') }, {}]);
    const sent = await agreedTo(other, [], 'seen it too');
    expect(sent.map(({ busId }) => busId).sort()).toEqual([first, third].sort());
    expect(ground.told).toHaveLength(2);
    expect(await idsOf(rest, { state: 'open' })).toEqual([]);
    expect(outcomes('Sent again', all).rows.map(({ busId }) => busId)).toEqual([first, third]);
  });

  test('sends one again with a mended body, and shows what became of it', async () => {
    const { ground, rest, second } = await withLetters('cad_system');
    const [id = ''] = await idsOf(rest);
    const mended = { specversion: '1.0', id: 'c-1', source: 'cad', type: 'call.received' };
    await redriven(rest, [id], 'the bridge lost its envelope', mended);
    expect(await agreedTo(second, ['another'], 'seen it too')).toEqual([]);
    await agreedTo(second, [id], 'seen it too');
    expect(ground.told).toEqual([{ source: 'cad_system', type: 'test', detail: mended }]);
    expect(await letterOf(rest, id)).toMatchObject({ state: 'redriven', end: { reason: 'the bridge lost its envelope' } });
  });

  test('shows the place and the reason of each', async () => {
    const { rest } = await withLetters('my_garage');
    expect(inList(await lettersOf(rest, {})).rows).toMatchObject([{ source: 'my_garage', state: 'open', path: 'source' }]);
  });
});
