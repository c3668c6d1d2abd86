import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Where the published versions are recorded. */
export const VERSIONS_PATH = 'statemachines/compiled/versions.json';

/** A file that the compiler writes, by its path from the repository's root. */
export interface Output {
  readonly path: string;
  readonly text: string;
}

const read = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

/** Paths whose text on disk is not what the compiler would write. */
export const drifted = async (root: URL, outputs: readonly Output[]): Promise<string[]> => {
  const same = await Promise.all(outputs.map(async ({ path, text }) => (await read(new URL(path, root).pathname)) === text));
  return outputs.filter((_, at) => !same[at]).map(({ path }) => path);
};

/** Files beside the written ones that no source stands behind any more; a machine among them would still be deployed. The record of versions outlives its workflows. */
export const orphans = async (root: URL, outputs: readonly Output[]): Promise<string[]> => {
  const written = new Set(outputs.map(({ path }) => path));
  const folders = ['statemachines/compiled/', 'docs/workflows/'];
  const found = await Promise.all(folders.map(async (folder) => (await readdir(new URL(folder, root))).map((name) => folder + name)));
  return found.flat().filter((path) => !written.has(path) && path !== VERSIONS_PATH);
};

export const write = async (root: URL, outputs: readonly Output[]): Promise<void> => {
  for (const { path, text } of outputs) {
    const file = new URL(path, root);
    await mkdir(dirname(file.pathname), { recursive: true });
    await writeFile(file, text);
  }
};
