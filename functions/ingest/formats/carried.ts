/** How a foreign document comes: as `detail` itself, as `detail.xml`, or in the `data` of a CloudEvents envelope. */

export type Fields = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An XML text, where it stands, and what its sender calls it. */
export interface CarriedXml {
  readonly path: string;
  readonly text: string;
  readonly mediaType: string;
}

export const xmlIn = (detail: unknown): CarriedXml | undefined => {
  if (!isObject(detail)) return undefined;
  const { specversion, datacontenttype, data, xml } = detail;
  if (typeof xml === 'string' && specversion === undefined) return { path: 'xml', text: xml, mediaType: '' };
  if (typeof datacontenttype !== 'string' || typeof data !== 'string') return undefined;
  const mediaType = datacontenttype.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return /[/+]xml$/.test(mediaType) ? { path: 'data', text: data, mediaType } : undefined;
};

/** A JSON document: the `data` of an envelope that holds one, else `detail` as it is. */
export const jsonIn = (detail: unknown): Fields | undefined => {
  if (!isObject(detail)) return undefined;
  return detail['specversion'] !== undefined && isObject(detail['data']) ? detail['data'] : detail;
};
