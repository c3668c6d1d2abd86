import type { Label } from '../contracts/restricted.ts';
import type { Category, Source } from '../contracts/vocabulary.ts';

/** One line of what is restricted: events of these types, of these categories, of these sources, or that name such an entity. */
export interface LabelRule {
  readonly label: Label;
  readonly types?: readonly string[];
  readonly categories?: readonly Category[];
  readonly sources?: readonly Source[];
  readonly names?: RegExp;
  readonly why: string;
}

/** Everything that is labelled without its producer's word. */
export const rules: readonly LabelRule[] = [
  {
    label: 'HEALTH',
    categories: ['HUMAN_STABILITY'],
    sources: ['human_stability'],
    why: 'What is known of somebody’s state of mind: FS 394.4615, 45 CFR 164.512',
  },
  {
    label: 'HEALTH',
    types: ['call.medical', 'call.mental-health', 'line-988.handover', 'crisis.escalated', 'stability.screened'],
    names: /^patient(-|$)/,
    why: 'What a caller says of a patient: FS 401.30(4)',
  },
  {
    label: 'JUVENILE',
    types: ['child.abducted', 'missing-person.reported', 'missing-person.sighted', 'school.threat'],
    names: /^juvenile(-|$)/,
    why: 'It may make a child known: FS 985.04(1), FERPA 34 CFR 99.36',
  },
  {
    label: 'CRIMINAL_JUSTICE',
    types: ['record.matched', 'dv.reported', 'call.domestic-violence', 'call.sexual-assault'],
    sources: ['fusion_cloud'],
    why: 'State and national records, and victims whom the law shields: CJIS Security Policy, FS 119.071(2)(h), 741.29(2)',
  },
  {
    label: 'CRIMINAL_JUSTICE',
    names: /^(person|juvenile|victim|patient|name|phone|email)(-|$)/,
    why: 'Whoever is named in an incident of the police: CJIS Security Policy 4.1',
  },
  {
    label: 'INTELLIGENCE',
    types: ['threat.reported', 'threat.credible', 'gang.violence', 'operation.drafted', 'operation.planned'],
    sources: ['threat_intel'],
    why: 'Criminal intelligence: 28 CFR 23.20, FS 119.071(2)(c)',
  },
];

/**
 * Members of `data` that responses and fusion decide by: flags, counts, codes and references that name nobody. Of a labelled event they stay in
 * the open, where they are written like one; everything else of its `data` is sealed.
 */
export const OPEN_MEMBERS: ReadonlySet<string> = new Set([
  'about',
  'atRisk',
  'basis',
  'behavioural',
  'callers',
  'case',
  'category',
  'child',
  'confidence',
  'corrects',
  'credible',
  'deathConfirmed',
  'exercise',
  'expired',
  'image',
  'injured',
  'level',
  'location',
  'msgType',
  'partial',
  'patients',
  'people',
  'priority',
  'reason',
  'record',
  'retracts',
  'reviewed',
  'screen',
  'segment',
  'severity',
  'site',
  'specific',
  'status',
  'threatLevel',
  'unit',
  'urgency',
  'urgent',
  'validH',
  'vehicles',
  'weapon',
]);
