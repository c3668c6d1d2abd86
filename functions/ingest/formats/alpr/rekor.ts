import * as z from 'zod';
import type { Format } from '../format.ts';
import { isObject, reading } from '../record.ts';
import { sighted } from './sighting.ts';

/** Rekor Scout (OpenALPR): `alpr_group` is a vehicle that passed, `alpr_alert` one of a list of its own. Confidence is a percentage, times are Unix milliseconds. */

const Ms = z.number().min(0).max(253_402_300_799_999);

const Group = z.looseObject({
  data_type: z.literal('alpr_group'),
  epoch_start: Ms,
  best_plate_number: z.string().min(1).max(60),
  best_confidence: z.number().min(0).max(100).optional(),
  best_region: z.string().max(20).nullish(),
  best_uuid: z.string().max(200).nullish(),
  camera_id: z.union([z.number(), z.string().max(100)]).optional(),
});

const Alert = z.looseObject({
  data_type: z.literal('alpr_alert'),
  alert_list: z.string().min(1),
  camera_name: z.string().max(100).nullish(),
  group: Group,
});

const told = (group: z.infer<typeof Group>) => ({
  vendor: 'rekor',
  plate: group.best_plate_number,
  time: new Date(group.epoch_start).toISOString(),
  confidence: group.best_confidence === undefined ? undefined : group.best_confidence / 100,
  region: group.best_region ?? undefined,
  imageRef: group.best_uuid || undefined,
  camera: group.camera_id === undefined ? undefined : String(group.camera_id),
});

const passed = reading(Group, (record) => sighted({ ...told(record), field: 'best_plate_number', record }));

const listed = reading(Alert, (record) => {
  const seen = told(record.group);
  return sighted({
    ...seen,
    field: 'group.best_plate_number',
    camera: record.camera_name || seen.camera,
    hotList: record.alert_list,
    record,
    seen: record.group,
  });
});

export const alprRekor: Format = {
  name: 'alpr-rekor',
  recognises: (detail) => isObject(detail) && (detail['data_type'] === 'alpr_group' || detail['data_type'] === 'alpr_alert'),
  adapt: (detail) => (isObject(detail) && detail['data_type'] === 'alpr_alert' ? listed(detail) : passed(detail)),
};
