import { expect, test } from 'vitest';
import type { Fact } from '../../../shared/contracts/policy.ts';
import { confirming as confirm, NCIC, ncic } from '../../support/partners.ts';

const exigency: Fact = {
  kind: 'exigency',
  subject: 'incident/I1',
  value: { basis: 'imminent danger to life', by: 'dispatcher' },
  source: 'dispatch',
  eventKey: 'dispatch#exigency',
  recordedAt: '2026-11-22T16:00:00.000Z',
  expiresAt: '2026-11-23T16:00:00.000Z',
};

test('an index is asked under its agreement, in its own words, and by what the agreement lets go', async () => {
  const { requests } = await confirm([NCIC]);
  expect(requests).toMatchObject([
    {
      subsystem: 'fusion_cloud',
      entities: [{ kind: 'plate', id: 'RBH-4417' }],
      partners: [
        {
          system: 'ncic',
          exchange: 'ask',
          purpose: 'criminal-justice',
          agreement: 'MOU-NCIC-7',
          ori: 'FL0501300',
          case: 'RB-2026-000417',
          by: 'ada',
          messages: [
            { key: 'QV', fields: { LIC: 'RBH4417' } },
            { key: 'YQ', fields: { PRI: 'U', RTY: 'SV' } },
          ],
        },
      ],
    },
  ]);
});

test('it is recorded in the breath in which it is asked: whom, why, under what, as whom and for which case, and never a value', async () => {
  const { recorded, entries } = await confirm([NCIC]);
  expect(recorded).toMatchObject([
    {
      incidentId: 'I1',
      data: {
        recipient: 'ncic',
        purpose: 'confirm',
        for: 'criminal-justice',
        exchange: 'ask',
        agreement: 'MOU-NCIC-7',
        ori: 'FL0501300',
        case: 'RB-2026-000417',
        agency: 'riviera-beach-pd',
        by: 'ada',
        word: 'told',
        messages: ['QV', 'YQ'],
        fields: ['index', 'purpose', 'for', 'entities:plate'],
        withheld: ['entities:person-name'],
      },
    },
  ]);
  expect(JSON.stringify(recorded)).not.toMatch(/4417"|EXAMPLE/);
  const [requested] = entries.filter(({ kind }) => kind === 'action.requested');
  expect([recorded[0]?.at, (recorded[0]?.seq ?? 0) + 1]).toEqual([requested?.at, requested?.seq]);
});

test.each([
  ['without an agreement', []],
  ['after it has ended', [ncic({ until: '2026-11-22T17:00:00Z' })]],
  ['before it has begun', [ncic({ from: '2026-11-23T00:00:00Z' })]],
  ['for what it does not permit', [ncic({ purposes: ['missing-person'] })]],
  ['where it may only be told', [ncic({ may: ['tell'] })]],
  ['by nothing that it lets go', [ncic({ identifiers: ['vin'] })]],
])('%s an index is not asked, nobody is told, and the refusal can be quoted', async (_, partners) => {
  const { requests, recorded, entries } = await confirm(partners);
  expect([requests, recorded]).toEqual([[], []]);
  const [refused] = entries.filter(({ kind }) => kind === 'step.refused');
  expect(refused?.data['cause']).toContain('no agreement in force with each recipient');
});

test('in the face of danger it is asked all the same, and the record says on what', async () => {
  const { requests, recorded } = await confirm([], [exigency]);
  expect(requests).toHaveLength(1);
  const [{ data } = { data: {} }] = recorded;
  expect(data).toMatchObject({ recipient: 'ncic', basis: [{ kind: 'exigency', eventKey: 'dispatch#exigency' }] });
  expect(data).not.toHaveProperty('agreement');
});
