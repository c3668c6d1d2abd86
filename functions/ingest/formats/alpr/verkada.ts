import * as z from 'zod';
import type { Format } from '../format.ts';
import { isObject, reading } from '../record.ts';
import { sighted } from './sighting.ts';

/** Verkada's plate webhook: https://apidocs.verkada.com/reference/lpr. Times are Unix seconds. */

const Webhook = z.looseObject({
  webhook_type: z.literal('lpr'),
  data: z.looseObject({
    camera_id: z.string().max(100),
    created: z.int().min(0).max(253_402_300_799),
    license_plate_number: z.string().min(1).max(60),
    license_plate_state: z.string().max(20).nullish(),
    confidence: z.number().min(0).max(1).optional(),
    image_url: z.string().nullish(),
  }),
});

export const alprVerkada: Format = {
  name: 'alpr-verkada',
  recognises: (detail) => isObject(detail) && detail['webhook_type'] === 'lpr',
  adapt: reading(Webhook, (record) => {
    const { camera_id, created, license_plate_number, license_plate_state, confidence, image_url } = record.data;
    return sighted({
      vendor: 'verkada',
      plate: license_plate_number,
      field: 'data.license_plate_number',
      time: new Date(created * 1000).toISOString(),
      confidence,
      region: license_plate_state ?? undefined,
      camera: camera_id,
      imageRef: image_url || undefined,
      record,
    });
  }),
};
