import type { FusionRule } from '../rule.ts';

const S = 1000;

export const sameScope: FusionRule = {
  name: 'same-scope',
  strategy: 'TIMESTAMP',
  says: 'Both name one site, array, host or beat, speak of the same kind of thing, and come within seconds of each other.',
  why:
    'Time alone joins nothing: at any second a whole city happens. But the detectors of one building, the gauges of one canal or the alerts of one server that speak within seconds of the ' +
    'same kind of thing speak of one, also where they have no coordinates. A site is given a minute, because panels report in turn; an array ten seconds; a beat, ' +
    'which is large, five, and only for the same thing told through two desks.',
  windowMs: 60 * S,
  kinds: {
    site: { windowMs: 60 * S, between: 'same', unless: ['cad-incident', 'address'] },
    host: { windowMs: 60 * S, between: 'same', unless: ['case'] },
    array: { windowMs: 10 * S, between: 'same', unless: ['cad-incident'] },
    beat: { windowMs: 5 * S, between: 'same', unless: ['cad-incident', 'address', 'phone'] },
  },
  notCategories: ['PREDICTIVE', 'SYSTEM', 'COMPLIANCE', 'GOVERNANCE'],
  span: { durationMs: 3600 * S, metres: 1000 },
};
