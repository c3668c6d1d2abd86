import { xmlIn } from '../carried.ts';
import type { Adapted, Format } from '../format.ts';
import { inside, refuse } from '../refuse.ts';
import { several } from '../several.ts';
import { outermost, readXml, rootName, type XmlElement } from '../xml.ts';
import { capEvent } from './event.ts';
import { readAlert } from './read.ts';

/** Documents that carry alerts rather than being one. */
const CARRIERS: ReadonlySet<string> = new Set(['feed', 'entry', 'rss', 'EDXLDistribution']);

const INDEX = 'is an index of alerts and holds none itself: fetch what it links to and put that on the bus';

/** An alert as an event; `place` is where it stands, among several. */
const oneAlert = (element: XmlElement, busTime: number, place?: string): Adapted => {
  const read = readAlert(element, place ?? 'alert');
  if (!read.ok) return read;
  const event = capEvent(read.alert, busTime, { format: 'cap', version: read.version });
  return event.ok || place === undefined ? event : inside(place, event);
};

/** One event for each alert of a document. An alert that stands in another one is part of that. */
const alertsIn = (root: XmlElement, busTime: number): Adapted | readonly Adapted[] => {
  if (!CARRIERS.has(root.name)) return oneAlert(root, busTime);
  const [first, ...more] = outermost(root, 'alert');
  if (!first) return refuse(root.name, INDEX);
  if (more.length === 0) return oneAlert(first, busTime);
  return several(`${root.name}.alert`, [first, ...more], (alert, place) => oneAlert(alert, busTime, place));
};

/** CAP 1.2 and 1.1 (OASIS Common Alerting Protocol), by itself or in an Atom feed or an EDXL envelope, one or several. */
export const cap: Format = {
  name: 'cap',
  recognises: (detail) => {
    const carried = xmlIn(detail);
    if (!carried) return false;
    // Cursor on Target is the only other XML that is spoken here, and its root has another name.
    return (
      carried.mediaType === 'application/cap+xml' || (carried.mediaType !== 'application/cot+xml' && rootName(carried.text) !== 'event')
    );
  },
  adapt: (detail, busTime) => {
    const { path, text } = xmlIn(detail) ?? { path: 'detail', text: '' };
    const read = readXml(text);
    return read.ok ? alertsIn(read.root, busTime) : refuse(path, read.says);
  },
};
