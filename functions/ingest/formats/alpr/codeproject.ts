import * as z from 'zod';
import type { Format } from '../format.ts';
import { isObject, reading, refused } from '../record.ts';
import { pictureIn, type Sighting, sighted } from './sighting.ts';

/**
 * CodeProject.AI's plate reader as Blue Iris posts it: a list of analyses (`ai_dump`, or bare), beside it what the camera software was told to add.
 * A picture may hold several plates. The event is about one: `plate_number`, else the one read best. The others are kept beside it and are no
 * entities: two cars that happen to stand in one picture are not one incident.
 */

const Prediction = z.looseObject({ plate: z.string().min(1).max(60), confidence: z.number().min(0).max(1) });
const Analysis = z.looseObject({
  api: z.string(),
  found: z.looseObject({ predictions: z.array(z.unknown()).default([]), timestampUTC: z.string().optional() }),
});
const Word = z.string().max(100).nullish();

const Webhook = z.looseObject({
  plate_number: z.string().max(60).nullish(),
  camera: Word,
  timestamp: z.string().max(64).nullish(),
  Image: z.string().nullish(),
  ALERT_PATH: z.string().nullish(),
  ALERT_CLIP: z.string().nullish(),
  ai_dump: z.array(Analysis),
});
type Webhook = z.infer<typeof Webhook>;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Sun 09 Feb 2025 03:46:58 GMT`, with or without its comma, or RFC 3339. */
const timeIn = (text: string | null | undefined): string | undefined => {
  if (!text) return undefined;
  if (z.iso.datetime({ offset: true }).safeParse(text).success) return text;
  const [, day, month, year, clock] = /^\w{3},? (\d{1,2}) (\w{3}) (\d{4}) (\d\d:\d\d:\d\d) GMT$/.exec(text) ?? [];
  const nth = MONTHS.indexOf(month ?? '') + 1;
  if (!day || nth === 0) return undefined;
  const time = `${year}-${String(nth).padStart(2, '0')}-${day.padStart(2, '0')}T${clock}Z`;
  return z.iso.datetime().safeParse(time).success ? time : undefined;
};

const bare = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();

const adapt = reading(Webhook, (record: Webhook) => {
  const analysed = record.ai_dump.find(({ api }) => api === 'alpr');
  const read = z.array(Prediction).safeParse(analysed?.found.predictions ?? []);
  const broken = read.error?.issues[0];
  if (broken) return refused(['predictions', ...broken.path].join('.'), broken.message);
  const best = [...(read.data ?? [])].sort((a, b) => b.confidence - a.confidence);
  const named = record.plate_number || undefined;
  const chosen = named ? best.find(({ plate }) => bare(plate) === bare(named)) : best[0];
  const plate = named ?? chosen?.plate;
  if (!plate) return refused('predictions', 'holds no plate');
  const path = record.ALERT_PATH || record.ALERT_CLIP || undefined;
  const picture = pictureIn(record.Image);
  const sighting: Sighting = {
    vendor: 'codeproject',
    plate,
    field: named ? 'plate_number' : 'predictions.0.plate',
    time: timeIn(record.timestamp) ?? timeIn(analysed?.found.timestampUTC),
    confidence: chosen?.confidence,
    camera: record.camera ?? undefined,
    imageRef: path ?? picture,
    others: best.filter((one) => one !== chosen).map((one) => ({ plate: one.plate, confidence: one.confidence })),
    // With a copy of the picture inside, the event would be too large to be matched on the bus; its path is enough to find it by.
    record: path && picture ? { ...record, Image: picture } : record,
  };
  return sighted(sighting);
});

const isAnalysis = (value: unknown): boolean => isObject(value) && typeof value['api'] === 'string' && isObject(value['found']);

export const alprCodeproject: Format = {
  name: 'alpr-codeproject',
  recognises: (detail) =>
    isAnalysis(detail) || (Array.isArray(detail) ? detail.some(isAnalysis) : isObject(detail) && Array.isArray(detail['ai_dump'])),
  adapt: (detail) => adapt(Array.isArray(detail) ? { ai_dump: detail } : isAnalysis(detail) ? { ai_dump: [detail] } : detail),
};
