import { describe, expect, test } from 'vitest';
import { create } from '../../../functions/ingest/handler.ts';
import { delivery, raw, rooms } from '../../support/rooms.ts';
import { json } from './formats/reading.ts';

const SHERIFF = '111122223333';
const HERE = '000000000000';

const call = (id: string, data: object) => ({ specversion: '1.0', id, source: 'their-cad', type: 'call.shots-fired', data });

/** What became of a neighbour's event from an account: the agency that it is filed under, or why it was buried. */
const filed = async (account: string, detail: object, source = 'partner_agency'): Promise<unknown> => {
  const ground = rooms();
  const accounts = { AGENCY_ACCOUNTS: `{"${SHERIFF}":"sheriff"}`, OTHER_ACCOUNTS: `{"${SHERIFF}":["partner_agency"]}` };
  const env = { ...ground.runtime.env, ...accounts };
  await create({ ...ground.runtime, env })(delivery(raw(source, detail, { account })));
  const told = ground.told.filter(({ type }) => type === 'event.normalized');
  const letters = (await ground.stores.deadLetters.ofDay('2026-11-22', { limit: 10 })).items;
  return told[0]?.detail['agency'] ?? letters[0]?.reason;
};

describe('an event from the account of another agency', () => {
  test('is taken in that agency’s name', async () => {
    expect(await filed(SHERIFF, call('1', { agency: 'sheriff' }))).toBe('sheriff');
  });

  test('is refused in another’s, in ours, and in none', async () => {
    const why = `data.agency: account ${SHERIFF} is that of sheriff: name it, and no other agency`;
    expect(await filed(SHERIFF, call('1', { agency: 'lake-park' }))).toBe(why);
    expect(await filed(SHERIFF, call('2', { agency: 'riviera-beach-pd' }))).toBe(why);
    expect(await filed(SHERIFF, call('3', {}))).toBe(why);
  });

  test('is its own where the format has no place for a name', async () => {
    expect(await filed(SHERIFF, json('eido.json'))).toBe('sheriff');
  });
});

describe('an event from our own account', () => {
  test('may speak for a neighbour that has none', async () => {
    expect(await filed(HERE, call('1', { agency: 'lake-park' }))).toBe('lake-park');
  });

  test('is refused in the name of an agency that speaks for itself', async () => {
    expect(await filed(HERE, call('1', { agency: 'sheriff' }))).toBe('data.agency: sheriff speaks for itself, from an account of its own');
  });

  test('may say of our own call that it is theirs', async () => {
    expect(await filed(HERE, call('1', { agency: 'sheriff' }), 'cad_system')).toBe('sheriff');
  });
});
