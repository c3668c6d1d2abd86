import { linkSync, rmSync, writeFileSync } from 'node:fs';

/** Makes a file that appears whole or not at all. Throws EEXIST where it is there already, whoever was faster. */
export const writeOnce = (path: string, text: string): void => {
  const whole = `${path}.new-${process.pid}`;
  writeFileSync(whole, text, { mode: 0o600 });
  try {
    linkSync(whole, path);
  } finally {
    rmSync(whole, { force: true });
  }
};
