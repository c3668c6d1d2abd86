import * as z from 'zod';
import { Entity } from '../../contracts/event.ts';
import type { Types } from '../source.ts';
import { Code, Name, Percent, Share, shape } from './words.ts';

/**
 * What machines think. A score may raise a severity and starts no dispatch (domain.md, rule 8), so these shapes hold what a person
 * needs to weigh it and no place for a person's name.
 */

const location = { lat: 26.7768, lon: -80.0541, radiusM: 200 };

/** Places, vehicles and cases: a prediction speaks of no person. */
const NotAPerson = Entity.refine(({ kind }) => !kind.startsWith('person'), {
  path: ['kind'],
  message: 'a prediction speaks of places and vehicles, never of a person',
});

export const predictions: Types = {
  'prediction.made': {
    title: 'A forecast for a place or a vehicle',
    schema: shape({
      about: z.enum(['place', 'vehicle']),
      score: Share,
      /** How far ahead, in hours; 14 days at the most. */
      horizonH: z.number().gt(0).max(336),
      model: Name.optional(),
      entities: z.array(NotAPerson).default([]),
    }),
    example: { location, about: 'place', score: 0.62, horizonH: 48, model: 'burglary-3', summary: 'More burglaries than usual are likely' },
  },
};

export const stability: Types = {
  'stability.screened': {
    title: 'A screening, made by a clinician’s tool; it expires within a day',
    schema: shape({
      screen: z.enum(['crisis', 'lethality', 'welfare', 'responder']),
      level: z.enum(['LOW', 'GUARDED', 'ELEVATED', 'HIGH']),
      /** For how long it holds, in hours. */
      validH: z.number().gt(0).max(24),
      clinician: Name.optional(),
    }),
    example: { screen: 'crisis', level: 'GUARDED', validH: 12, clinician: 'clinician-2', summary: 'A screening was made' },
  },
};

export const verdicts: Types = {
  'conscience.objected': {
    title: 'The compass objects to a workflow; its standing verdict is a fact',
    schema: shape({ workflow: Name, score: Percent, reasons: z.array(z.string().max(300)).max(20).optional() }),
    example: { workflow: 'gunfire-response', score: 41, reasons: ['three districts bear most of it'], summary: 'The compass objects' },
  },
};

export const reviews: Types = {
  'review.opened': {
    title: 'A complaint or a review of a workflow was opened; what it holds up is a fact',
    schema: shape({ workflow: Name, reference: Name }),
    example: { workflow: 'gunfire-response', reference: 'PG-2026-031', summary: 'A review was opened' },
  },
  'review.closed': {
    title: 'A review was closed',
    schema: shape({ workflow: Name, reference: Name, upheld: z.boolean().optional() }),
    example: { workflow: 'gunfire-response', reference: 'PG-2026-031', upheld: false, summary: 'A review was closed' },
  },
};

const Flag = shape({ score: Share, model: Name.optional(), kind: Code.optional() });

export const flags: Types = {
  'anomaly.flagged': {
    title: 'A model finds something unusual',
    schema: Flag,
    example: { location, score: 0.71, model: 'sentinel-2', kind: 'movement', summary: 'Unusual movement at the marina' },
  },
};

export const advice: Types = {
  'advice.given': {
    title: 'A persona’s advice, labelled as such, for a person to weigh',
    schema: shape({ persona: Name, topic: Code, text: z.string().min(1).max(4000) }),
    example: { persona: 'night-watch', topic: 'staffing', text: 'Two units fewer than usual on Saturday.', summary: 'Advice on staffing' },
  },
};
