/** A seeded source of chance: sfc32 (PractRand-tested), seeded through a string hash so that near seeds give far streams. */
export const seededRandom = (seed: number | string): (() => number) => {
  let [a, b, c, d] = fourWords(String(seed));
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 15; i += 1) next();
  return next;
};

/** FNV-1a with four different offsets. */
const fourWords = (text: string): [number, number, number, number] => {
  const hash = (offset: number): number => {
    let h = 0x811c9dc5 ^ offset;
    for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    return h | 0;
  };
  return [hash(0x9e3779b9), hash(0x243f6a88), hash(0xb7e15162), hash(1)];
};

/** A UUID v4 out of any uniform source. */
export const uuidFrom = (random: () => number): string => {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16));
  hex[12] = '4';
  hex[16] = (8 + Math.floor(random() * 4)).toString(16);
  const text = hex.join('');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
};
