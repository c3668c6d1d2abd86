import { expect, test } from 'vitest';
import { recipientsOf } from '../../../../shared/domain/sharing/recipients.ts';

test.each([
  ['a query of an index', 'FUSION_CLOUD_SYNC', { index: 'ncic', purpose: 'confirm' }, [{ recipient: 'ncic', purpose: 'confirm' }]],
  [
    'each agency that a threat is told to',
    'THREAT_BROADCAST',
    { topic: 'bomb-threat', recipients: ['fbi', 'state'] },
    [
      { recipient: 'fbi', purpose: 'bomb-threat' },
      { recipient: 'state', purpose: 'bomb-threat' },
    ],
  ],
  ['a notice to the sheriff', 'NOTIFICATION_SEND', { to: 'sheriff', purpose: 'inform' }, [{ recipient: 'sheriff', purpose: 'inform' }]],
  ['no notice to medics', 'NOTIFICATION_SEND', { to: 'ems', purpose: 'staging' }, []],
  ['no drone', 'DRONE_DISPATCH', { to: 'sheriff' }, []],
] as const)('a dissemination is %s', (_, action, given, recipients) => {
  expect(recipientsOf(action, given)).toEqual(recipients);
});
