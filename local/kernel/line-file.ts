import { createWriteStream } from 'node:fs';

export interface LineFile {
  write(line: object): void;
  close(): Promise<void>;
}

const asJson = (line: object): string => {
  try {
    return JSON.stringify(line);
  } catch {
    return JSON.stringify({ message: 'A line that is not JSON', keys: Object.keys(line) });
  }
};

/** Appends JSON lines. A disk that takes none any more stops nothing: these lines are for people. */
export const openLineFile = (path: string): LineFile => {
  const stream = createWriteStream(path, { flags: 'a' });
  stream.on('error', () => {});
  return {
    write: (line) => {
      if (!stream.destroyed) stream.write(`${asJson(line)}\n`);
    },
    close: () =>
      new Promise((resolve) => {
        if (stream.destroyed) resolve();
        else stream.end(resolve);
      }),
  };
};
