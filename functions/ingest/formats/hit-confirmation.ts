import * as z from 'zod';
import type { Format } from './format.ts';
import { isObject, reading } from './record.ts';

/**
 * The answer of the agency that entered a record to a request for confirmation (Nlets YR), field by field as the switch's gateway hands it on: `NIC` is
 * the record's number, `CON` Y (it stands), N (it does not) or E (it is being looked at; `HRS` when), and `incident`
 * what the gateway was asked for, which it puts back. The codes of CON are
 * unconfirmed: docs/partners.md. Yes and no are facts of the incident, stated by that agency; until then there is a lead, and no fact.
 */
const Response = z.looseObject({
  key: z.literal('YR'),
  time: z.iso.datetime({ offset: true, error: 'is no time' }),
  ORI: z.string({ error: 'is missing' }).regex(/^[A-Z]{2}[A-Z0-9]{7}$/, 'is no ORI of nine characters'),
  RTY: z.enum(['SV', 'WP', 'MP', 'SL'], { error: 'is none of SV, WP, MP, SL' }),
  incident: z.string({ error: 'is missing' }).min(1, 'is empty').max(64),
  NIC: z.string({ error: 'is missing' }).min(1, 'is empty').max(20),
  CON: z.enum(['Y', 'N', 'E'], { error: 'is none of Y, N, E' }),
  HRS: z.string().max(10).optional(),
});
type Response = z.infer<typeof Response>;

/** A record that stands today may be gone tomorrow: it is asked again. */
const VALID_MS = 24 * 3_600_000;

const VEHICLES: readonly Response['RTY'][] = ['SV', 'SL'];
const STATUS = { Y: 'active', N: 'cleared' } as const;

const common = ({ ORI, NIC, incident, CON, time }: Response) => ({
  specversion: '1.0' as const,
  id: `YR/${ORI}/${NIC}/${incident}/${CON}/${time}`,
  source: ORI,
  time,
});

/** What is no fact: that it is being looked at, or a person's record. A person is never a fact of an incident. */
const told = (response: Response) => ({
  ...common(response),
  type: 'record.matched',
  data: {
    record: VEHICLES.includes(response.RTY) ? 'vehicle' : 'person',
    status: response.CON === 'E' ? 'unknown' : STATUS[response.CON],
    by: response.ORI,
    summary: `The agency that entered the record answers: ${response.CON === 'E' ? `being looked at${response.HRS ? `, ${response.HRS} h` : ''}` : STATUS[response.CON]}`,
  },
});

const read = reading(Response, (response) => {
  const { CON, RTY, incident, ORI, time } = response;
  if (CON === 'E' || !VEHICLES.includes(RTY)) return told(response);
  const expiresAt = new Date(Date.parse(time) + VALID_MS).toISOString();
  const fact = { kind: 'vehicle-confirmation', subject: `incident/${incident}`, value: { status: STATUS[CON], by: ORI }, expiresAt };
  return { ...common(response), type: 'fact.asserted', data: { fact } };
});

export const hitConfirmation: Format = {
  name: 'hit-confirmation',
  recognises: (detail) => isObject(detail) && detail['key'] === 'YR' && !('specversion' in detail),
  adapt: read,
};
