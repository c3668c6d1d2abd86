import * as z from 'zod';
import { CATEGORY, type CapAlert, CERTAINTY, MESSAGE_TYPES, RESPONSE, SCOPE, SEVERITY, STATUS, URGENCY } from './cap/alert.ts';
import { capEvent } from './cap/event.ts';
import { oneOf } from './cap/values.ts';
import { ofFeatures } from './features.ts';
import { AreaGeometry, outlines } from './geometry.ts';
import { placeOf, refuse } from './refuse.ts';

const MISSING = { error: 'is missing' };
const text = z.string(MISSING);
const said = z.string().nullish();
const lists = z.record(z.string(), z.array(z.string())).nullish();

/** An alert of api.weather.gov: CAP's words as a GeoJSON Feature. Where CAP has a rule the Weather Service keeps it; where a field is null, it has nothing to say. */
const Feature = z.looseObject({
  type: z.literal('Feature'),
  geometry: AreaGeometry.nullish(),
  properties: z.looseObject({
    id: text.min(1, 'is empty'),
    sender: text.min(1, 'is empty'),
    sent: text,
    status: oneOf(STATUS),
    messageType: oneOf(MESSAGE_TYPES),
    scope: oneOf(SCOPE).nullish(),
    code: said,
    note: said,
    references: z.array(z.looseObject({ sender: text, identifier: text, sent: said })).nullish(),
    language: said,
    category: oneOf(CATEGORY),
    event: text,
    response: said,
    urgency: oneOf(URGENCY),
    severity: oneOf(SEVERITY),
    certainty: oneOf(CERTAINTY),
    eventCode: lists,
    effective: said,
    onset: said,
    expires: said,
    ends: said,
    senderName: said,
    headline: said,
    description: said,
    instruction: said,
    web: said,
    parameters: lists,
    areaDesc: text,
    geocode: lists,
  }),
});
type Properties = z.infer<typeof Feature>['properties'];

const TIMES = ['sent', 'effective', 'onset', 'expires', 'ends'] as const;

const isTime = (value: string): boolean => z.iso.datetime({ offset: true }).safeParse(value).success;
const time = (value: string | null | undefined): string | undefined => (value && isTime(value) ? new Date(value).toISOString() : undefined);

/** `{ SAME: ['FFS'] }` as CAP's own name and value pairs. */
const pairs = (values: Properties['parameters']) =>
  Object.entries(values ?? {}).flatMap(([valueName, all]) => all.map((value) => ({ valueName, value })));

const infoOf = (properties: Properties, geometry: AreaGeometry | null | undefined): CapAlert['info'][number] => {
  const { language, category, event, response, urgency, severity, certainty, areaDesc } = properties;
  return {
    ...{ category: [category], event, urgency, severity, certainty },
    language: language ?? 'en-US',
    responseType: RESPONSE.filter((known) => known === response),
    eventCode: pairs(properties.eventCode),
    ...{ effective: time(properties.effective), onset: time(properties.onset), expires: time(properties.expires) },
    ...{ senderName: properties.senderName ?? undefined, headline: properties.headline ?? undefined },
    ...{ description: properties.description ?? undefined, instruction: properties.instruction ?? undefined },
    ...{ web: properties.web ?? undefined, audience: undefined, contact: undefined },
    parameter: pairs(properties.parameters),
    resource: [],
    area: [{ areaDesc, polygon: geometry ? outlines(geometry) : [], circle: [], geocode: pairs(properties.geocode) }],
  };
};

const alertOf = ({ properties, geometry }: z.infer<typeof Feature>, busTime: number): CapAlert => {
  const { id, sender, status, messageType, scope, code, note } = properties;
  return {
    ...{ identifier: id, sender, status, msgType: messageType, scope: scope ?? 'Public' },
    sent: time(properties.sent) ?? new Date(busTime).toISOString(),
    ...{ source: undefined, restriction: undefined, addresses: undefined, incidents: undefined },
    code: code ? [code] : [],
    note: note ?? undefined,
    references: (properties.references ?? []).map(({ sender: by, identifier, sent }) => ({ sender: by, identifier, sent: time(sent) })),
    info: [infoOf(properties, geometry)],
  };
};

/** National Weather Service alerts in JSON, by Feature or in a collection. A time that cannot be read costs no warning: the bus's own stands for `sent`, and `data.unreadable` names it. */
export const nwsAlert = ofFeatures({
  name: 'nws-alert',
  recognises: (properties) => properties['@type'] === 'wx:Alert' || 'messageType' in properties,
  adapt: (feature, busTime) => {
    const read = Feature.safeParse(feature);
    if (!read.success) {
      const [issue] = read.error.issues;
      return refuse(placeOf('', issue?.path ?? []), issue?.message ?? 'is no alert');
    }
    const { properties } = read.data;
    const unreadable = TIMES.filter((name) => properties[name] && !isTime(properties[name]));
    const more = { format: 'nws-alert', ends: time(properties.ends), ...(unreadable.length > 0 ? { unreadable } : {}) };
    return capEvent(alertOf(read.data, busTime), busTime, more);
  },
});
