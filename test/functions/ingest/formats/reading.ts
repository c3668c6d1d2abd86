import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adapt } from '../../../../functions/ingest/formats/index.ts';
import type { Envelope } from '../../../../shared/contracts/event.ts';
import type { Source } from '../../../../shared/contracts/vocabulary.ts';
import { sources } from '../../../../shared/sources/index.ts';
import { only } from '../../../support/only.ts';

/** When the bus took it: an hour in which none of the samples has expired. */
export const BUS_TIME = Date.parse('2026-11-22T17:00:30.000Z');

export const sample = (file: string): string => readFileSync(join(import.meta.dirname, 'samples', file), 'utf8');
export const json = (file: string): Record<string, unknown> => JSON.parse(sample(file)) as Record<string, unknown>;

/** The data of an event as tests look at it. */
type Read = Envelope & { data: Record<string, unknown> };

/** What a source's detail becomes; a refusal fails the test with its reason. */
export const read = (source: Source, detail: unknown, busTime = BUS_TIME): Read => {
  const adapted = only(adapt(sources[source], detail, busTime));
  if (!adapted.ok) throw new Error(adapted.reason);
  return adapted.envelope as Read;
};

/** Why a source's detail is refused; undefined where it is taken. */
export const refusal = (source: Source, detail: unknown): string | undefined => {
  const adapted = only(adapt(sources[source], detail, BUS_TIME));
  if (adapted.ok) return undefined;
  if (!adapted.reason.startsWith(adapted.path)) throw new Error(`The reason does not begin with its place: ${adapted.reason}`);
  return adapted.reason;
};

/** A flood warning of two languages, for the city, actual, severe and imminent. */
export const WARNING = sample('flood-warning.cap.xml');

/** The warning with places of its text changed; a change that meets nothing fails the test. */
export const warningXml = (changes: readonly (readonly [string | RegExp, string])[] = []) => ({
  xml: changes.reduce((text, [from, to]) => {
    const changed = text.replaceAll(typeof from === 'string' ? from : new RegExp(from, 'g'), to);
    if (changed === text) throw new Error(`Nothing in the sample is ${from}`);
    return changed;
  }, WARNING),
});

/** An EDXL envelope around these alerts. */
export const edxl = (...alerts: readonly string[]) => {
  const inside = alerts.map((alert) => alert.replace(/<\?xml.*\?>/, ''));
  const objects = inside.map(
    (one) => `<contentObject><xmlContent><embeddedXMLContent>${one}</embeddedXMLContent></xmlContent></contentObject>`,
  );
  return { xml: `<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0">${objects.join('')}</EDXLDistribution>` };
};

/** An earthquake of its own, and a feed of some. */
export const quakeOf = (id: string, properties: object = {}) => {
  const feature = json('quake.json');
  return { ...feature, id, properties: { ...(feature['properties'] as object), ids: `,${id},`, ...properties } };
};
export const collection = (...features: readonly unknown[]) => ({ type: 'FeatureCollection', metadata: { title: 'a feed' }, features });
