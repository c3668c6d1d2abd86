/** How many bytes a frame's header has, as far as it is read: two, a longer length, a mask. */
const headerLength = ([, second]: readonly number[]): number => {
  if (second === undefined) return 2;
  const short = second & 0x7f;
  const longer = short === 127 ? 8 : short === 126 ? 2 : 0;
  return 2 + longer + (second & 0x80 ? 4 : 0);
};

const payloadLength = (header: readonly number[]): number => {
  const short = (header[1] ?? 0) & 0x7f;
  if (short < 126) return short;
  const bytes = Buffer.from(header);
  return short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
};

/** Looks at the lengths of the frames that come in, chunk by chunk, and tells of each that is longer than `limit` (RFC 6455, section 5.2). */
export const watchFrames = (limit: number, tooLong: () => void): ((chunk: Buffer) => void) => {
  let header: number[] = [];
  let payload = 0;
  return (chunk) => {
    for (let at = 0; at < chunk.length; ) {
      const skipped = Math.min(payload, chunk.length - at);
      payload -= skipped;
      at += skipped;
      if (payload > 0 || at === chunk.length) return;
      header.push(chunk[at] ?? 0);
      at += 1;
      if (header.length < headerLength(header)) continue;
      payload = payloadLength(header);
      header = [];
      if (payload > limit) tooLong();
    }
  };
};
