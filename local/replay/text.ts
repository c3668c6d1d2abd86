/** A file's text without its byte-order mark and with plain line ends. */
export const plain = (text: string): string => text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');

/** The first line that says something. */
export const firstLine = (head: string): string => head.split('\n').find((line) => line.trim() !== '') ?? '';
