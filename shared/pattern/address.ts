/** IP addresses as upper-case hexadecimal digits, 8 for IPv4 and 32 for IPv6, so that ranges compare as text. */
const LIKE_V4 = /^\d+\.\d+\.\d+\.\d+$/;
const LIKE_V6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;

const hex = (n: number, width: number): string => n.toString(16).toUpperCase().padStart(width, '0');

const BYTES = Array.from({ length: 256 }, (_, byte) => hex(byte, 2));

const v4 = (text: string): string | undefined => {
  let digits = '';
  for (const part of text.split('.')) {
    const byte = BYTES[Number(part)];
    if (byte === undefined) return undefined;
    digits += byte;
  }
  return digits;
};

const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));

const v6 = (text: string): string | undefined => {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groups(halves[0] ?? '');
  const tail = groups(halves[1] ?? '');
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...head, ...Array<string>(halves.length === 2 ? missing : 0).fill('0'), ...tail];
  return all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))
    ? all.map((group) => hex(Number.parseInt(group, 16), 4)).join('')
    : undefined;
};

/** Before an IPv4 address that is written as one of IPv6: Java, and so AWS, reads it as what it is. */
const MAPPED = '00000000000000000000FFFF';

const unmapped = (digits: string | undefined): string | undefined => (digits?.startsWith(MAPPED) ? digits.slice(MAPPED.length) : digits);

/** Hexadecimal digits of an address literal, or undefined for any other text. */
export const addressDigits = (text: string): string | undefined => {
  if (LIKE_V4.test(text)) return v4(text);
  return LIKE_V6.test(text) ? unmapped(v6(text)) : undefined;
};
