import type { IncomingMessage } from 'node:http';

/** A request's whole body, or undefined once it is larger than `limit` bytes; the rest is read and let go. */
export const bodyWithin = async (request: IncomingMessage, limit: number): Promise<Buffer | undefined> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= limit) parts.push(part);
    else parts.length = 0;
  }
  return size > limit ? undefined : Buffer.concat(parts);
};
