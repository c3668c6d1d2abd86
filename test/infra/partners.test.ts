import { describe, expect, test } from 'vitest';
import { loadStage, parseStage } from '../../infra/config.ts';
import { partnerTermsText } from '../../infra/partners.ts';
import { PartnerId } from '../../shared/contracts/partner.ts';
import { partnerTermsIn } from '../../shared/domain/sharing/terms.ts';

const agreement = (changes: object = {}) => ({
  id: 'MOU-2026-021',
  purposes: ['criminal-justice'],
  may: ['ask'],
  identifiers: ['plate'],
  from: '2026-01-01T00:00:00Z',
  until: '2027-01-01T00:00:00Z',
  ...changes,
});
const partner = (changes: object = {}) => ({
  id: 'ncic',
  name: 'NCIC',
  contact: 'cjis@state.example',
  ori: 'FL0501300',
  agreement: agreement(),
  ...changes,
});
const stage = (...partners: unknown[]) => parseStage({ ...loadStage('prod'), partners });

describe('the partner systems of a stage', () => {
  test('development has an agreement with each that the city simulates, and production with nobody until somebody signs', () => {
    const { partners } = loadStage('dev');
    expect(partners.map(({ id }) => id).sort()).toEqual([...PartnerId.options].sort());
    expect(partners.every(({ agreement: signed }) => signed)).toBe(true);
    expect(loadStage('prod').partners).toEqual([]);
  });

  test('rooms are told under what and as whom, and not whom to reach there', () => {
    const text = partnerTermsText(stage(partner()).partners);
    expect(partnerTermsIn(text)).toEqual([{ id: 'ncic', ori: 'FL0501300', agreement: agreement() }]);
    expect(text).not.toContain('@');
  });

  test.each([
    ['that nobody knows', partner({ id: 'interpol' }), 'partners.0.id: '],
    ['without anybody to reach', partner({ contact: 'the desk' }), 'partners.0.contact: whom to reach there'],
    ['that knows us by nothing', partner({ ori: 'FL1' }), 'partners.0.ori: the nine characters by which it knows us'],
    [
      'for no purpose',
      partner({ agreement: agreement({ purposes: [] }) }),
      'partners.0.agreement.purposes: one at least of criminal-justice',
    ],
    ['for curiosity', partner({ agreement: agreement({ purposes: ['curiosity'] }) }), 'partners.0.agreement.purposes.0: '],
    [
      'that is asked and is no index',
      partner({ id: 'fbi' }),
      'partners.0.agreement.may.0: there is nothing to ask fbi: it can only be told',
    ],
    [
      'that is told and is a switch',
      partner({ id: 'nlets', agreement: agreement({ may: ['ask', 'tell'] }) }),
      'partners.0.agreement.may.1: there is nothing to tell nlets',
    ],
    ['that may do nothing', partner({ agreement: agreement({ may: [] }) }), 'partners.0.agreement.may: ask, tell, or both'],
    ['by what is no identifier', partner({ agreement: agreement({ identifiers: ['face'] }) }), 'partners.0.agreement.identifiers.0: '],
    [
      'that ends before it begins',
      partner({ agreement: agreement({ until: '2025-01-01T00:00:00Z' }) }),
      'partners.0.agreement.until: an agreement ends after',
    ],
    ['without an end', partner({ agreement: agreement({ until: undefined }) }), 'partners.0.agreement.until: a time in UTC'],
    ['with more than is known', partner({ agreement: agreement({ region: 'all' }) }), 'region'],
  ])('one %s is told by its field', (_, wrong, told) => {
    expect(() => stage(wrong)).toThrow(told);
  });

  test('neither a system nor an agreement stands twice', () => {
    expect(() => stage(partner(), partner({ agreement: agreement({ id: 'MOU-2' }) }))).toThrow('partners.1.id: ncic is named twice');
    expect(() => stage(partner(), partner({ id: 'nlets' }))).toThrow(
      'partners.1.agreement.id: MOU-2026-021 is the agreement of two partners',
    );
  });

  test('more than a function’s settings hold is said before it is built', () => {
    const identifiers = Array.from({ length: 200 }, () => 'person-reference');
    expect(() => stage(partner({ agreement: agreement({ identifiers }) }))).toThrow(
      'partners: their agreements and those with agencies are more than 3000 bytes',
    );
  });
});
