import { type FactKind, kind } from './kind.ts';

const attests = ['investigations', 'dispatch', 'cad_system'] as const;

/** What is known of the place, of what happened there, and of whom it concerns. */
export const scene = {
  airspace: kind({ asserts: ['drone_ops'], requires: ['status'], about: ['city', 'incident', 'resource'], counts: 'every' }),
  'violence-observed': kind({
    asserts: ['dispatch', 'cad_system', 'officer_safety'],
    derives: ['dispatch', 'cad_system', 'officer_safety'],
    requires: ['what', 'by'],
  }),
  /** `tier` 1 (infraction) to 4 (danger to life), as the call stands now. */
  'offence-tier': kind({ asserts: ['cad_system', 'dispatch', 'investigations'], requires: ['tier', 'offence'], counts: 'latest' }),
  'sensitive-place': kind({ asserts: ['digital_twin', 'cad_system', 'dispatch'], requires: ['kind'], counts: 'every' }),
  'premise-hazard': kind({ asserts: ['cad_system', 'dispatch'], requires: ['hazard'], counts: 'every' }),
  juvenile: kind({ asserts: ['cad_system', 'dispatch', 'investigations'], requires: ['involved'], counts: 'every' }),
  'ic-declaration': kind({ asserts: ['dispatch', 'cad_system', 'emergency_mgmt'], requires: ['kind', 'by'] }),
  /** What the originating agency says of its record now: active, cleared or unknown. */
  'vehicle-confirmation': kind({ asserts: ['fusion_cloud'], requires: ['status', 'by'], counts: 'latest' }),
  /** A person compared plate, state and vehicle with the picture. */
  'plate-verified': kind({ asserts: ['dispatch'], requires: ['by', 'plate', 'state', 'vehicle'] }),
  'amber-child': kind({ asserts: attests, requires: ['by'] }),
  'amber-abduction': kind({ asserts: attests, requires: ['by'] }),
  'amber-danger': kind({ asserts: attests, requires: ['by'] }),
  'amber-description': kind({ asserts: attests, requires: ['by'] }),
  'amber-recommendation': kind({ asserts: attests, requires: ['by'] }),
  documentation: kind({ asserts: ['cad_system', 'dispatch', 'officer_safety'], requires: ['reason', 'outcome', 'bodyCamera'] }),
} satisfies Record<string, FactKind>;
