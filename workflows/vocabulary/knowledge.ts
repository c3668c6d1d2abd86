import * as z from 'zod';
import { AgreedPurpose, Match } from '../../shared/contracts/partner.ts';
import { type ActionSpec, radiusM, silent, Topic } from './spec.ts';

const still = {
  mayNeed: [],
  lifeSafety: false,
  neverWithheld: false,
  reply: silent,
  silence: 'refuse',
  intrusion: 0,
  discloses: [],
} as const;

/** Actions that find out, keep and record. */
export const knowledge = {
  TACTICAL_ANALYSIS: {
    ...still,
    summary: 'Advice on approach, cover and cameras: labelled advice that expires in 5 min',
    effect: 'reads',
    performs: 'digital_twin',
    parameters: z.strictObject({
      question: z.enum([
        'approach',
        'containment',
        'routes',
        'de-escalation',
        'continue-or-stop',
        'evacuation-routes',
        'crowd-safety',
        'recovery',
      ]),
      radiusM,
      label: z.literal('advice'),
      expires: z.literal('5m'),
    }),
    mayNeed: ['AI_COMPUTE'],
    reply: z.looseObject({
      recommend: z.enum(['continue', 'stop', 'hold']).optional(),
      /** Of a pursuit: whether its units still move, and whether there is a place ahead where tyres may safely be let down. */
      moving: z.boolean().optional(),
      placeForSpikes: z.boolean().optional(),
    }),
  },
  THREAT_ASSESSMENT: {
    ...still,
    summary: 'What is known about the threat, each statement with its source',
    effect: 'reads',
    performs: 'threat_intel',
    restricted: ['INTELLIGENCE'],
    parameters: z.strictObject({ topic: Topic, basis: z.enum(['reported-conduct', 'sensor', 'record']) }),
    mayNeed: ['INTEL_FEED'],
    reply: z.looseObject({
      level: z.enum(['LOW', 'GUARDED', 'HIGH', 'EXTREME']).optional(),
      credible: z.boolean().optional(),
      weapon: z.boolean().optional(),
    }),
  },
  FUSION_CLOUD_SYNC: {
    ...still,
    summary: 'Ask, or tell, the state and federal indexes',
    effect: 'reads',
    performs: 'fusion_cloud',
    restricted: ['CRIMINAL_JUSTICE'],
    parameters: z.strictObject({
      index: z.enum(['ncic', 'nlets', 'state', 'dea', 'damage']),
      purpose: z.enum(['confirm', 'search', 'share']),
      /** What the agreement with whoever keeps the index must permit. */
      for: AgreedPurpose,
    }),
    mayNeed: ['INTEL_FEED'],
    /** Beside these an index's own word (`answer`, shared/contracts/partner.ts), from which SWOE says itself whether it is a match. */
    reply: z.looseObject({ match: Match.optional(), contradicted: z.enum(['no', 'yes']).optional(), deconflicted: z.boolean().optional() }),
    intrusion: 2,
    discloses: ['plate', 'vin', 'person-name', 'person-dob', 'person-dl', 'person-reference'],
  },
  EVIDENCE_COLLECTION: {
    ...still,
    summary: 'Preserve what sensors and cameras recorded, with hash and custodian',
    effect: 'reversible',
    performs: 'investigations',
    restricted: ['CRIMINAL_JUSTICE'],
    parameters: z.strictObject({
      operation: z.literal('preserve').default('preserve'),
      sources: z.array(z.enum(['cameras', 'gunshot-audio', 'drone-video', 'lpr', 'cad-recording', 'network-snapshot'])).min(1),
      beforeMinutes: z.int().min(0).max(240),
      afterMinutes: z.int().min(0).max(240),
    }),
  },
  INVESTIGATION_CREATE: {
    ...still,
    summary: 'Open an investigation under the incident',
    effect: 'reversible',
    performs: 'investigations',
    restricted: ['CRIMINAL_JUSTICE'],
    parameters: z.strictObject({ kind: Topic, incidentId: z.string().min(1).max(64) }),
    undo: 'mark the investigation as opened in error',
  },
  INVESTIGATION_UPDATE: {
    ...still,
    summary: 'Add to an investigation, or purge what has run out',
    effect: 'reversible',
    performs: 'investigations',
    restricted: ['CRIMINAL_JUSTICE'],
    parameters: z.strictObject({ change: z.enum(['add-record', 'follow-up', 'purge-expired']), incidentId: z.string().min(1).max(64) }),
  },
  CASE_GENERATION: {
    ...still,
    summary: 'Prepare a case file for its human author; nothing is accused in advance',
    effect: 'reversible',
    performs: 'investigations',
    restricted: ['CRIMINAL_JUSTICE'],
    parameters: z.strictObject({
      kind: Topic,
      author: z.enum(['officer', 'detective', 'supervisor']),
      reviewInDays: z.int().min(1).max(90),
    }),
    undo: 'withdraw the draft',
  },
  POLICY_VALIDATION: {
    ...still,
    summary: 'State which guardrails stand in the way of this run, before anything is sent',
    effect: 'reads',
    performs: 'swoe',
    parameters: z.strictObject({ scope: z.literal('whole-run') }),
  },
  AUDIT_LOG: {
    ...still,
    summary: 'Close the record: what was done, what is missing, who decided',
    effect: 'reads',
    performs: 'swoe',
    parameters: z.strictObject({ entry: z.literal('closing') }),
  },
} as const satisfies Record<string, ActionSpec>;
