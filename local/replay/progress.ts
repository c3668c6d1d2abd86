import cliProgress from 'cli-progress';

export interface Progress {
  set(done: number): void;
  stop(): void;
}

interface Out {
  readonly isTTY?: boolean | undefined;
}

/** A bar on a terminal; in a file or a pipe, a plain line for each tenth. */
export const progress = (total: number, out: Out, line: (text: string) => void): Progress => {
  if (out.isTTY) {
    const bar = new cliProgress.SingleBar(
      { format: '{bar} {value}/{total} records, {eta_formatted} left', hideCursor: true },
      cliProgress.Presets.shades_classic,
    );
    bar.start(total, 0);
    return { set: (done) => bar.update(done), stop: () => bar.stop() };
  }
  let tenths = 0;
  return {
    set: (done) => {
      const now = Math.floor((done * 10) / Math.max(1, total));
      if (now > tenths) line(`${done} of ${total} records put`);
      tenths = Math.max(tenths, now);
    },
    stop: () => {},
  };
};
