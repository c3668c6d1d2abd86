import { placeOf, refuse } from '../refuse.ts';
import type { XmlElement } from '../xml.ts';
import { type CapAlert, LISTS, SCHEMAS } from './alert.ts';
import type { Version } from './values.ts';

const VERSIONS: ReadonlyMap<string, Version> = new Map([
  ['urn:oasis:names:tc:emergency:cap:1.2', '1.2'],
  ['urn:oasis:names:tc:emergency:cap:1.1', '1.1'],
]);
const SIGNATURE = 'http://www.w3.org/2000/09/xmldsig#';

export type CapRead = { readonly ok: true; readonly alert: CapAlert; readonly version: Version } | ReturnType<typeof refuse>;

/** A child by its name; one of another namespace by both, so that nothing foreign passes for CAP. A signature is passed over. */
const childrenOf = (element: XmlElement): (readonly [string, XmlElement])[] =>
  element.children
    .filter(({ namespace }) => namespace !== SIGNATURE)
    .map((child) => [child.namespace === element.namespace ? child.name : `{${child.namespace}}${child.name}`, child]);

/** As the schemas can check it: a leaf is its text, what may be repeated is a list, and what is repeated and may not be is one too. */
const plain = (element: XmlElement): unknown => {
  const children = childrenOf(element);
  if (children.length === 0) return element.text;
  const fields = new Map<string, unknown[]>();
  for (const [name, child] of children) {
    const values = fields.get(name) ?? [];
    values.push(plain(child));
    fields.set(name, values);
  }
  return Object.fromEntries([...fields].map(([name, values]) => [name, LISTS.has(name) || values.length > 1 ? values : values[0]]));
};

/** The first element that stands before one which belongs before it, with both names; undefined where all stand in the schema's order. */
const misplaced = (
  element: XmlElement,
  place: string,
  order: Readonly<Record<string, readonly string[]>>,
): { place: string; after: string } | undefined => {
  const wanted = order[element.name];
  let latest = 0;
  const seen = new Map<string, number>();
  for (const [name, child] of childrenOf(element)) {
    const rank = wanted?.indexOf(name) ?? latest;
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    const here = `${place}.${name}${LISTS.has(name) ? `[${nth}]` : ''}`;
    if (rank < latest) return { place: here, after: wanted?.[latest] ?? '' };
    latest = rank;
    const inside = misplaced(child, here, order);
    if (inside) return inside;
  }
  return undefined;
};

/** An `alert` element as CAP, or the first thing that is wrong with it. `place` is where it stands. */
export const readAlert = (element: XmlElement, place: string): CapRead => {
  const version = VERSIONS.get(element.namespace);
  if (element.name !== 'alert' || !version) {
    return refuse(place, `is not of CAP 1.2 or 1.1: the namespace is ${element.namespace ? 'another' : 'missing'}`);
  }
  const { schema, order } = SCHEMAS[version];
  const read = schema.safeParse(plain(element));
  if (!read.success) {
    const [issue] = read.error.issues;
    if (issue?.code === 'unrecognized_keys') {
      return refuse(placeOf(place, [...issue.path, String(issue.keys[0]).slice(0, 60)]), `is no element of CAP ${version} at this place`);
    }
    return refuse(placeOf(place, issue?.path ?? []), issue?.message ?? `is not as CAP ${version} wants it`);
  }
  const wrong = misplaced(element, place, order);
  if (wrong) return refuse(wrong.place, `stands after ${wrong.after}, and CAP's schema wants it before`);
  return { ok: true, alert: read.data, version };
};
