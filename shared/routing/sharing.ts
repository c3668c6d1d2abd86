import type { AgreedScope, Partner } from '../contracts/agency.ts';
import { HAPPENINGS, own } from './patterns.ts';

type Pattern = Record<string, unknown>;

const union = <T>(partners: readonly Partner[], of: (what: AgreedScope) => readonly T[]): T[] => [
  ...new Set(partners.flatMap(({ agreement }) => of(agreement.what))),
];

/** What happened here and may concern one of these partners: the room `share` looks no further than it must. */
export const shareable = (partners: readonly Partner[]): Pattern =>
  own('event.normalized', {
    category: union(partners, ({ categories }) => categories),
    priority: union(partners, ({ priorities }) => priorities),
    source: [{ 'anything-but': ['partner_agency'] }],
    type: HAPPENINGS,
  });

/** Whatever is corrected: whom it was told to says the store, not the event. */
export const correctable: Pattern = own('event.corrected');

const byType = (kind: string): unknown => (kind.endsWith('.*') ? { prefix: kind.slice(0, -1) } : kind);

/** What goes out to a partner: of its agreement, addressed to it, of the categories, priorities and types that are agreed. */
export const toldTo = ({ id, agreement }: Partner): Pattern => {
  const { categories, priorities, types } = agreement.what;
  return {
    source: ['partner_agency'],
    ...(types ? { 'detail-type': types.map(byType) } : {}),
    detail: {
      data: {
        category: categories,
        priority: priorities,
        sharing: { recipient: [id], agreement: [agreement.id], word: ['told', 'corrected'] },
      },
    },
  };
};

/** What was told counts no more: that reaches whoever was told, whatever has become of the agreement. It holds nothing of the event. */
export const withdrawnTo = ({ id }: Pick<Partner, 'id'>): Pattern => ({
  source: ['partner_agency'],
  'detail-type': ['event.retracted'],
  detail: { data: { category: [{ exists: false }], sharing: { recipient: [id], word: ['withdrawn'] } } },
});
