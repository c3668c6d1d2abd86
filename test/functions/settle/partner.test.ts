import { expect, test } from 'vitest';
import { create } from '../../../functions/settle/handler.ts';
import { withReading } from '../../../functions/settle/partner.ts';
import type { StepRecord } from '../../../shared/contracts/execution.ts';
import { confirming, NCIC } from '../../support/partners.ts';
import { delivery, raw } from '../../support/rooms.ts';
import { execution } from '../../support/scene.ts';

const AT = '2026-11-22T17:00:00.000Z';

const answer = (says: string, plate = 'RBH-4417') => ({
  system: 'ncic',
  says,
  record: { number: 'V900004417', ori: 'FL0060000', identifiers: [{ kind: 'plate', id: plate }] },
});

/** What the run hears of it, and what the journal keeps, when the index answers with this. */
const heard = async (result: object) => {
  const { ground, requests } = await confirming([NCIC]);
  const detail = { actionId: requests[0]?.['actionId'], result };
  await create(ground.runtime)(delivery(raw('fusion_cloud', detail, { 'detail-type': 'action.completed' })));
  const [said] = ground.asked.filter(({ operation }) => operation === 'SendTaskSuccess');
  const output = (said?.input as { output?: string } | undefined)?.output ?? '{}';
  const [completed] = (await ground.entries()).filter(({ kind }) => kind === 'step.completed');
  return { match: JSON.parse(output).said?.match, kept: completed?.data['result'] as Record<string, unknown> };
};

test.each([
  ['a record that its agency confirms', { answer: answer('confirmed') }, 'confirmed'],
  ['a hit that nobody confirmed', { answer: answer('hit') }, 'lead'],
  ['a subsystem’s own word, without a record', { match: 'confirmed' }, 'unknown'],
  ['a subsystem’s own word against the record', { match: 'confirmed', answer: answer('hit') }, 'lead'],
  ['the record of another plate', { answer: answer('confirmed', 'RBH-4418') }, 'unknown'],
  ['a record of another index', { answer: { ...answer('confirmed'), system: 'state' } }, 'unknown'],
  ['no record', { answer: { system: 'ncic', says: 'no-hit' } }, 'none'],
])('%s is read by SWOE itself', async (_, result, match) => {
  expect((await heard(result)).match).toBe(match);
});

test('that something contradicts it stands open, and no identifier of the record is kept', async () => {
  const { kept } = await heard({ answer: answer('confirmed', 'RBH-4418') });
  expect(kept).toEqual({ match: 'unknown', contradicted: 'yes' });
});

test('a person is compared by who it is, not by the token that stands for it here', async () => {
  const subject = 'subject-01KAAAAAAAAAAAAAAAAAAAAAAA';
  const run = execution('I1', {
    situation: {
      priority: 'HIGH',
      summary: 'x',
      eventKey: 'e#1',
      at: AT,
      entities: [
        { kind: 'person-name', id: subject },
        { kind: 'person-dob', id: '1984-02-11' },
      ],
    },
  });
  const record = {
    executionId: run.id,
    action: 'FUSION_CLOUD_SYNC',
    told: ['person-name', 'person-dob'],
    arguments: { index: 'ncic', purpose: 'search' },
  };
  const identifiers = [
    { kind: 'person-name', id: 'EXAMPLE, ALEX' },
    { kind: 'person-dob', id: '19840211' },
  ];
  const result = { answer: { system: 'ncic', says: 'hit', record: { number: 'W1', ori: 'FL0130000', identifiers } } };
  const deps = { executions: { get: async () => run }, vault: { whoAre: async () => [{ kind: 'person-name', id: 'EXAMPLE, ALEX' }] } };
  const reading = await withReading(deps, record as unknown as StepRecord, { actionId: 'a', result });
  expect(reading.result).toMatchObject({ match: 'lead', agrees: ['person-name', 'person-dob'], contradicted: 'no' });
});
