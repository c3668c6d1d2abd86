const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#xD;' };

export const escaped = (text: string): string => text.replace(/[&<>"\r]/g, (sign) => SIGNS[sign] ?? sign);

const textOf = (value: unknown): string => {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return escaped(String(value));
};

/** `member` is what an item of a list is called inside it; a list named in `flat` has no element of its own, its items stand under that name. */
export interface Lists {
  readonly flat?: Readonly<Record<string, string>>;
}

/** An object as elements, one after the other; what is undefined or null is left out. */
export const elements = (value: Readonly<Record<string, unknown>>, lists: Lists = {}): string =>
  Object.entries(value)
    .map(([name, item]) => element(name, item, lists))
    .join('');

const element = (name: string, value: unknown, lists: Lists): string => {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) {
    const flat = lists.flat?.[name];
    const items = value.map((item) => element(flat ?? 'member', item, lists)).join('');
    return flat ? items : `<${name}>${items}</${name}>`;
  }
  const plain = typeof value === 'object' && !(value instanceof Date) && !(value instanceof Uint8Array);
  return `<${name}>${plain ? elements(value as Record<string, unknown>, lists) : textOf(value)}</${name}>`;
};
