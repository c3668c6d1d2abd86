import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element with its namespace resolved. `text` is its own text without that of its children, trimmed. */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** The root of a document, or why it cannot be read: a sentence without its subject. */
export type XmlRead = { readonly ok: true; readonly root: XmlElement } | { readonly ok: false; readonly says: string };

/** No feed of ours nests half as deep. */
const DEEPEST = 32;

type Node = Readonly<Record<string, unknown>>;

/** It knows no entity, fetches nothing and makes nothing of numbers; what five entities and character references mean is said below. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  parseTagValue: false,
  trimValues: false,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: DEEPEST,
});

const PREDEFINED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

class Undeclared extends Error {}

const character = (name: string): string => {
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : name.startsWith('#') ? Number(name.slice(1)) : Number.NaN;
  const known = PREDEFINED.get(name) ?? (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined);
  if (known === undefined) throw new Undeclared();
  return known;
};

const decoded = (text: string): string => text.replace(/&([^;&\s]*);/g, (_, name: string) => character(name));

const nodesIn = (value: unknown): Node[] => (Array.isArray(value) ? (value as Node[]) : []);
const tagOf = (node: Node): string => Object.keys(node).find((key) => key !== ':@') ?? '';

const textOf = (nodes: readonly Node[]): string =>
  nodes
    .map((node) => {
      if (typeof node['#text'] === 'string') return decoded(node['#text']);
      return nodesIn(node['#cdata'])
        .map((part) => String(part['#text'] ?? ''))
        .join('');
    })
    .join('')
    .trim();

const elementsOf = (nodes: readonly Node[]): Node[] => nodes.filter((node) => !tagOf(node).startsWith('#'));

/** The namespaces that elements around declare, the nearest last. */
type Scopes = readonly ReadonlyMap<string, string>[];

const namespaceOf = (prefix: string, scopes: Scopes): string => scopes.findLast((scope) => scope.has(prefix))?.get(prefix) ?? '';

const elementOf = (node: Node, outer: Scopes): XmlElement => {
  const tag = tagOf(node);
  const attributes = new Map(Object.entries((node[':@'] ?? {}) as Record<string, string>).map(([key, value]) => [key, decoded(value)]));
  const declared = [...attributes].filter(([key]) => /^xmlns(:|$)/.test(key)).map(([key, uri]) => [key.slice(6), uri] as const);
  const scopes = declared.length > 0 ? [...outer, new Map(declared)] : outer;
  const [local = '', prefix = ''] = tag.split(':').reverse();
  const inside = nodesIn(node[tag]);
  return {
    name: local,
    namespace: namespaceOf(prefix, scopes),
    attributes,
    children: elementsOf(inside).map((child) => elementOf(child, scopes)),
    text: textOf(inside),
  };
};

const refused = (says: string): XmlRead => ({ ok: false, says });

/** Reads a document with one root. Refuses any DOCTYPE, any entity but XML's own five, and what is malformed or nested too deep; it never throws. */
export const readXml = (text: string): XmlRead => {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return refused('holds a DOCTYPE or an entity; those are never read, so nothing of it is');
  try {
    const valid = XMLValidator.validate(text);
    if (valid !== true) return refused(`is not well-formed XML (${valid.err.code}, line ${valid.err.line}, column ${valid.err.col})`);
    const [root, ...more] = elementsOf(nodesIn(parser.parse(text)));
    if (!root || more.length > 0) return refused('is not well-formed XML: it has not exactly one root');
    return { ok: true, root: elementOf(root, []) };
  } catch (error) {
    if (error instanceof Undeclared) return refused('names an entity that XML does not have of itself');
    return refused(`is not XML that can be read: malformed, or nested deeper than ${DEEPEST}`);
  }
};

/** The name of the first element, without reading further: what kind of document this is. Undefined where there is none near its beginning. */
export const rootName = (text: string): string | undefined =>
  /<(?:[\w.-]{1,64}:)?([A-Za-z_][\w.-]{0,63})[\s/>]/.exec(text.slice(0, 8192).replace(/<!--[\s\S]*?-->/g, ''))?.[1];

/** Children of one name. */
export const named = (element: XmlElement, name: string): XmlElement[] => element.children.filter((child) => child.name === name);

/** Elements of one name at any depth, in document order, but for those that stand in another of them. */
export const outermost = (element: XmlElement, name: string): XmlElement[] =>
  element.children.flatMap((child) => (child.name === name ? [child] : outermost(child, name)));

/** Every element of one name, at any depth, in document order. */
export const within = (element: XmlElement, name: string): XmlElement[] =>
  element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...within(child, name)]);
