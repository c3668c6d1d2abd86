import { xmlIn } from '../carried.ts';
import { cloudEvent } from '../cloud-event.ts';
import type { Adapted, Format } from '../format.ts';
import { shortName } from '../name.ts';
import { refuse } from '../refuse.ts';
import { readXml, rootName } from '../xml.ts';
import { isDrill, type Kind, kindOf, OFFICER_DISTRESS } from './kind.ts';
import { type CotEvent, inDetail, readCot } from './read.ts';

/** Of a position without an error: as far as fusion ever looks (shared/domain/fusion/). */
const UNKNOWN_ERROR_M = 500;
const FURTHEST_M = 100_000;

/** TAK sends 0, 0 with no error where a device has no position. */
const locationOf = ({ lat, lon, ce }: CotEvent['point']) =>
  lat === 0 && lon === 0 && ce === undefined ? undefined : { lat, lon, radiusM: Math.min(ce ?? UNKNOWN_ERROR_M, FURTHEST_M) };

const figure = (value: string | undefined): number | undefined => (value && Number.isFinite(Number(value)) ? Number(value) : undefined);

/** What TAK's own details say. Remarks are people's words: they stay here and in no summary. */
const details = (event: CotEvent) => {
  const track = inDetail(event, 'track')?.attributes;
  return {
    callsign: inDetail(event, 'contact')?.attributes.get('callsign')?.slice(0, 64),
    remarks: inDetail(event, 'remarks')?.text || undefined,
    emergency: inDetail(event, 'emergency')?.attributes.get('type')?.slice(0, 64),
    batteryPercent: figure(inDetail(event, 'status')?.attributes.get('battery')),
    courseDeg: figure(track?.get('course')),
    speedMps: figure(track?.get('speed')),
  };
};

const adapted = (event: CotEvent, distress: Kind | undefined): Adapted => {
  const { uid, type: cotType, how, time, start, stale, point } = event;
  const { type, priority, says } = kindOf(event, distress);
  const more = details(event);
  // The button's own uid is the device's with an ending; both are one device.
  const device = uid.replace(/-9-1-1$/, '') || uid;
  const unit = (more.callsign || device).slice(0, 64);
  return cloudEvent({
    specversion: '1.0',
    id: `${shortName(uid)}@${time}`,
    source: 'cursor-on-target',
    type,
    time,
    subject: shortName(uid),
    data: {
      ...{ format: 'cot', uid, cotType, how, start, stale, ...more },
      ...{ heightM: point.hae, errorM: point.ce, heightErrorM: point.le },
      ...(isDrill(event) ? { exercise: true } : {}),
      // A position states where a unit of ours is (functions/register); whatever else it says is about a unit by its name.
      unit: type === 'unit.position' ? { id: unit } : unit,
      priority,
      location: locationOf(point),
      entities: [{ kind: 'track', id: shortName(device) }],
      summary: says,
    },
  });
};

const formatOf = (name: string, distress?: Kind): Format => ({
  name,
  recognises: (detail) => {
    const carried = xmlIn(detail);
    if (!carried) return false;
    return (
      carried.mediaType === 'application/cot+xml' || (carried.mediaType !== 'application/cap+xml' && rootName(carried.text) === 'event')
    );
  },
  adapt: (detail) => {
    const { path, text } = xmlIn(detail) ?? { path: 'detail', text: '' };
    const read = readXml(text);
    if (!read.ok) return refuse(path, read.says);
    const event = readCot(read.root);
    return event.ok ? adapted(event.event, distress) : event;
  },
});

/** Cursor on Target 2.0, as TAK servers send it: drones, robots, partners. */
export const cot = formatOf('cot');

/** The same from officers' own devices, whose emergency button is a call for help. */
export const cotOfficer = formatOf('cot-officer', OFFICER_DISTRESS);
