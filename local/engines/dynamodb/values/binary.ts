import { unreadable } from '../faults.ts';
import { type AttributeValue, assign, type Item } from './attribute.ts';

/** Bytes for the SDK, which hands them to its caller as they are; as JSON they are the wire's base64. */
class Bytes extends Uint8Array {
  toJSON(): string {
    return Buffer.from(this).toString('base64');
  }
}

/** Binary arrives as bytes from the SDK in this process and as base64 from the wire. It is kept as base64. */
export const base64Of = (value: unknown): string => {
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  if (typeof value !== 'string') throw unreadable('A binary value must be bytes or base64 text');
  const decoded = Buffer.from(value, 'base64').toString('base64');
  if (decoded !== value) throw unreadable(`'${value}' can not be converted to a Blob: it is not base64`);
  return value;
};

export const bytesOf = (base64: string): Buffer => Buffer.from(base64, 'base64');

const bytes = (base64: string): Bytes => Bytes.from(bytesOf(base64)) as Bytes;

const withBytes = (value: AttributeValue): unknown => {
  if ('B' in value) return { B: bytes(value.B) };
  if ('BS' in value) return { BS: value.BS.map(bytes) };
  if ('L' in value) return { L: value.L.map(withBytes) };
  if ('M' in value) return { M: itemWithBytes(value.M) };
  return value;
};

/** A copy of the item in which binary is bytes again. */
export const itemWithBytes = (item: Item): Item => {
  const copy: Record<string, AttributeValue> = {};
  for (const name of Object.keys(item)) assign(copy, name, withBytes(item[name] as AttributeValue) as AttributeValue);
  return copy;
};
