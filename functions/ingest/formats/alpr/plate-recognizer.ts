import * as z from 'zod';
import type { Format } from '../format.ts';
import { isObject, reading, refused } from '../record.ts';
import { sighted } from './sighting.ts';

/** Plate Recognizer Stream's webhook: https://guides.platerecognizer.com/docs/stream/results. The event is about the plate read best, as in codeproject.ts. */

const Result = z.looseObject({
  plate: z.string().min(1).max(60),
  score: z.number().min(0).max(1),
  region: z.looseObject({ code: z.string().max(20) }).optional(),
  vehicle: z.looseObject({ type: z.string().max(60).optional() }).nullish(),
});

const Webhook = z.looseObject({
  hook: z.looseObject({ event: z.literal('recognition') }),
  data: z.looseObject({
    camera_id: z.string().max(100).optional(),
    filename: z.string().optional(),
    timestamp: z.iso.datetime({ offset: true }),
    results: z.array(Result),
  }),
});

export const alprPlateRecognizer: Format = {
  name: 'alpr-plate-recognizer',
  recognises: (detail) =>
    isObject(detail) && isObject(detail['hook']) && isObject(detail['data']) && detail['hook']['event'] === 'recognition',
  adapt: reading(Webhook, (record) => {
    const { camera_id, filename, timestamp, results } = record.data;
    const [best, ...others] = [...results].sort((a, b) => b.score - a.score);
    if (!best) return refused('data.results', 'holds no plate');
    return sighted({
      vendor: 'plate-recognizer',
      plate: best.plate,
      field: 'data.results.0.plate',
      time: timestamp,
      confidence: best.score,
      region: best.region?.code,
      camera: camera_id,
      imageRef: filename || undefined,
      vehicle: best.vehicle?.type,
      others: others.map(({ plate, score }) => ({ plate, confidence: score })),
      record,
      seen: best,
    });
  }),
};
