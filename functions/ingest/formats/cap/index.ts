import { xmlIn } from '../carried.ts';
import type { Format } from '../format.ts';
import { refuse } from '../refuse.ts';
import { readXml, rootName, within, type XmlElement } from '../xml.ts';
import { capEvent } from './event.ts';
import { readAlert } from './read.ts';

/** Documents that carry alerts rather than being one. */
const CARRIERS: ReadonlySet<string> = new Set(['feed', 'entry', 'rss', 'EDXLDistribution']);

/** The one alert of a document, or why there is not exactly one: an event is one alert. */
const alertIn = (root: XmlElement): XmlElement | string => {
  if (!CARRIERS.has(root.name)) return root;
  const [only, ...more] = within(root, 'alert');
  if (more.length > 0) return `holds ${more.length + 1} alerts, and one event is one alert: put each of them on the bus by itself`;
  return only ?? 'is an index of alerts and holds none itself: fetch what it links to and put that on the bus';
};

/** CAP 1.2 and 1.1 (OASIS Common Alerting Protocol), by itself or as the only alert of an Atom feed or an EDXL envelope. */
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
    if (!read.ok) return refuse(path, read.says);
    const found = alertIn(read.root);
    if (typeof found === 'string') return refuse(read.root.name.slice(0, 60), found);
    const alert = readAlert(found);
    return alert.ok ? capEvent(alert.alert, busTime, { format: 'cap', version: alert.version }) : alert;
  },
};
