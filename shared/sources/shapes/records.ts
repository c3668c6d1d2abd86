import * as z from 'zod';
import type { Types } from '../source.ts';
import { Code, Name, Reference, Share, SpeedKph, shape } from './words.ts';

const location = { lat: 26.7733, lon: -80.0713, radiusM: 15 };
const plate = [{ kind: 'plate', id: 'RBL-5521' }];

/** A reader's word on a plate. `image` says that there is a picture a person can compare; without one nobody is sent. */
const Read = shape({
  image: z.boolean().optional(),
  imageRef: Reference.optional(),
  /** ISO 3166-2 or the vendor's own word: `US-FL`. */
  region: z.string().min(1).max(20).optional(),
  camera: Name.optional(),
  partial: z.boolean().nullish(),
  plateConfidence: Share.optional(),
  speedKph: SpeedKph.optional(),
  hotList: Name.optional(),
  case: Name.optional(),
});

export const plates: Types = {
  'plate.read': {
    title: 'A reader saw a plate that is on no list',
    schema: Read,
    category: 'SENSOR',
    priority: 'INFO',
    example: { location, entities: plate, image: true, imageRef: 'reads/0417.jpg', region: 'US-FL', camera: 'RB-LPR-02', speedKph: 52 },
  },
  'plate.hit': {
    title: 'A reader saw a plate that is on a hot list',
    schema: Read,
    example: { location, entities: plate, image: true, imageRef: 'reads/0418.jpg', partial: false, hotList: 'stolen', camera: 'RB-LPR-02' },
  },
};

/** A record that somebody entered about a vehicle or a person. */
export const wanted: Types = {
  'vehicle.wanted': {
    title: 'A vehicle was entered as stolen or wanted',
    schema: shape({ record: Code, urgent: z.boolean().optional(), partial: z.boolean().nullish() }),
    example: { location, entities: plate, record: 'stolen', urgent: true, partial: false, summary: 'A stolen vehicle is entered' },
  },
};

export const people: Types = {
  'missing-person.reported': {
    title: 'A report of a missing person was accepted',
    schema: shape({ child: z.boolean().optional(), atRisk: z.boolean().optional(), exercise: z.boolean().optional() }),
    example: { location, child: true, atRisk: false, summary: 'A report of a missing child is accepted' },
  },
  'child.abducted': {
    title: 'A child was taken',
    schema: shape({ exercise: z.boolean().optional() }),
    example: { location, entities: plate, summary: 'A detective reports an abduction' },
  },
};
