import { covering } from '../area.ts';
import { cloudEvent } from '../cloud-event.ts';
import type { Adapted } from '../format.ts';
import { shortName } from '../name.ts';
import type { CapAlert, CapInfo } from './alert.ts';
import { CONFIDENCE, categoryOf, codesOf, gravest, isActual, priorityOf, THREAT, typeOf } from './kind.ts';

/** An event names at most 50 entities; of a long history the latest are kept there, and all in `data.references`. */
const REFERENCES_JOINED = 40;

/** The id of an alert's event: CAP's identifiers are unique for their sender only. NWS JSON of the same alert comes to the same id. */
const idOf = ({ sender, identifier }: { sender: string; identifier: string }): string => shortName(`${sender},${identifier}`);

/** An alert and those it is about are one incident, and a drill is never part of a real one. */
const entities = (alert: CapAlert) => {
  const kind = isActual(alert) ? 'cap-alert' : 'cap-drill';
  const latest = alert.references.slice(-REFERENCES_JOINED);
  return [...new Set([idOf(alert), ...latest.map(idOf)])].map((id) => ({ kind, id }));
};

const areaOf = ({ areaDesc, polygon, circle, geocode, altitude, ceiling }: CapInfo['area'][number]) => ({
  areaDesc,
  polygons: polygon.filter((ring) => ring.length > 0).map((ring) => ring.map(({ lat, lon }) => [lat, lon])),
  circles: circle,
  geocodes: geocode,
  altitude,
  ceiling,
});

/** Embedded files stay out: they may be most of the alert, and `uri` says where they are. */
const infoOf = ({ area, resource, eventCode, parameter, category, responseType, ...info }: CapInfo) => ({
  ...info,
  categories: category,
  responseTypes: responseType,
  eventCodes: eventCode,
  parameters: parameter,
  resources: resource.map(({ derefUri: _, ...rest }) => rest),
  areas: area.map(areaOf),
});

const geocodes = (alert: CapAlert, names: readonly string[]): string[] => [
  ...new Set(
    alert.info
      .flatMap(({ area }) => area.flatMap(({ geocode }) => geocode))
      .flatMap(({ valueName, value }) => (names.includes(valueName) ? value : [])),
  ),
];

/** One line for people and logs. An AMBER or missing-person alert names a child, so of those the line says only whose it is. */
const summaryOf = (alert: CapAlert, info: CapInfo | undefined, type: string): string => {
  const from = info?.senderName ?? alert.sender;
  const personal = type === 'alert.amber' || type === 'alert.missing-person' || type === 'alert.blue';
  const says = personal || !info?.headline ? `${info?.event || type}, from ${from}` : info.headline;
  const drill = isActual(alert) ? '' : `${alert.status === 'Actual' ? 'TEST' : alert.status.toUpperCase()}: `;
  const word = alert.msgType === 'Alert' ? '' : `${alert.msgType}: `;
  return `${drill}${word}${says}`.slice(0, 500);
};

const placeOf = (alert: CapAlert) => {
  const areas = alert.info.flatMap(({ area }) => area);
  const rings = areas.flatMap(({ polygon }) => polygon).filter((ring) => ring.length > 0);
  return covering(
    rings,
    areas.flatMap(({ circle }) => circle),
  );
};

/** What is the same for every language, told once. */
const overall = (alert: CapAlert, info: CapInfo | undefined) => ({
  severity: info?.severity,
  urgency: info?.urgency,
  certainty: info?.certainty,
  event: info?.event,
  language: info?.language,
  categories: info?.category,
  responseTypes: info?.responseType,
  effective: info?.effective,
  onset: info?.onset,
  expires: info?.expires,
  senderName: info?.senderName,
  eventCodes: { SAME: codesOf(info, 'SAME'), NWS: codesOf(info, 'NationalWeatherService') },
  same: geocodes(alert, ['SAME', 'FIPS6']),
  ugc: geocodes(alert, ['UGC']),
});

/** `more` is what a format knows beside CAP: its name and version, and what it could not read. */
export const capEvent = (alert: CapAlert, busTime: number, more: Readonly<Record<string, unknown>>): Adapted => {
  const { info: infos, references, code, ...head } = alert;
  const info = gravest(infos);
  const type = typeOf(alert, info);
  const expired = info?.expires !== undefined && Date.parse(info.expires) <= busTime;
  const place = placeOf(alert);
  return cloudEvent({
    specversion: '1.0',
    id: idOf(alert),
    source: shortName(alert.sender),
    type,
    time: alert.sent,
    subject: shortName(alert.identifier),
    data: {
      ...more,
      ...head,
      codes: code,
      references: references.map((reference) => ({ ...reference, id: idOf(reference) })),
      ...overall(alert, info),
      infos: infos.map(infoOf),
      ...(isActual(alert) ? {} : { exercise: true }),
      ...(expired ? { expired: true } : {}),
      ...(place?.clamped ? { areaClamped: true } : {}),
      category: categoryOf(type),
      priority: priorityOf(alert, info, expired),
      threatLevel: info && isActual(alert) ? THREAT[info.severity] : undefined,
      confidence: info && CONFIDENCE[info.certainty],
      location: place?.location,
      entities: entities(alert),
      summary: summaryOf(alert, info, type),
    },
  });
};
