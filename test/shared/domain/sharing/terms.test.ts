import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { AgreedPurpose, Exchange, Identifier, PartnerId, type PartnerTerms } from '../../../../shared/contracts/partner.ts';
import { agreedWith, termsOf } from '../../../../shared/domain/sharing/terms.ts';

const NOW = Date.parse('2026-12-01T00:00:00Z');
const HOUR = 3_600_000;
const at = (hours: number): string => new Date(NOW + hours * HOUR).toISOString();

const partner: fc.Arbitrary<PartnerTerms> = fc
  .record({
    id: fc.constantFrom(...PartnerId.options),
    purposes: fc.subarray([...AgreedPurpose.options], { minLength: 1 }),
    may: fc.subarray([...Exchange.options], { minLength: 1 }),
    identifiers: fc.subarray([...Identifier.options]),
    begins: fc.integer({ min: -3, max: 3 }),
    lasts: fc.integer({ min: 1, max: 6 }),
    signed: fc.boolean(),
  })
  .map(({ id, purposes, may, identifiers, begins, lasts, signed }) => ({
    id,
    ori: 'FL0501300',
    ...(signed ? { agreement: { id: `MOU-${id}`, purposes, may, identifiers, from: at(begins), until: at(begins + lasts) } } : {}),
  }));
const partners = fc.uniqueArray(partner, { selector: ({ id }) => id });
const wanted = fc.record({
  index: fc.constantFrom('ncic', 'nlets', 'state', 'dea'),
  purpose: fc.constantFrom('confirm', 'search', 'share'),
  for: fc.option(fc.constantFrom(...AgreedPurpose.options), { nil: undefined }),
  kinds: fc.subarray([...Identifier.options, 'address']),
});

test.prop([partners, wanted])(
  'an index is asked where its own agreement is in force, for this, this way, and with something to ask by',
  (known, given) => {
    const { kinds, ...args } = given;
    const agreement = known.find(({ id }) => id === given.index)?.agreement;
    const [terms] = termsOf(known, { action: 'FUSION_CLOUD_SYNC', arguments: args, kinds }, NOW);
    const may = kinds.filter((kind) => agreement?.identifiers.some((one) => one === kind));
    const covered =
      agreement !== undefined &&
      Date.parse(agreement.from) <= NOW &&
      NOW < Date.parse(agreement.until) &&
      given.for !== undefined &&
      agreement.purposes.includes(given.for) &&
      agreement.may.includes(given.purpose === 'share' ? 'tell' : 'ask') &&
      (may.length > 0 || kinds.length === 0);
    expect([terms?.agreement, terms?.kinds, terms?.withheld]).toEqual(
      covered ? [agreement.id, may, kinds.filter((kind) => !may.some((one) => one === kind))] : [undefined, kinds, []],
    );
    expect(terms?.because === undefined).toBe(covered);
  },
);

test.prop([partners, fc.subarray(['fbi', 'dea', 'dhs', 'state', 'county'])])(
  'who is named and is no partner is agreed with by nobody',
  (known, recipients) => {
    const terms = termsOf(known, { action: 'THREAT_BROADCAST', arguments: { recipients, for: 'counter-terrorism' }, kinds: [] }, NOW);
    expect(terms.map(({ recipient }) => recipient)).toEqual(recipients);
    expect(agreedWith(terms)).not.toContain('county');
  },
);

test.each([
  ['medics', 'NOTIFICATION_SEND', { to: 'ems' }],
  ['the sheriff next door', 'NOTIFICATION_SEND', { to: 'sheriff' }],
  ['an index of damage', 'FUSION_CLOUD_SYNC', { index: 'damage', purpose: 'share', for: 'mutual-aid' }],
  ['a drone', 'DRONE_DISPATCH', { to: 'fbi' }],
] as const)('%s needs no agreement of this kind', (_, action, args) => {
  expect(termsOf([], { action, arguments: args, kinds: [] }, NOW)).toEqual([]);
});
