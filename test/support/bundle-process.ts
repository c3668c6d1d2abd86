import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

/** Bundles a program of this project so that plain Node starts it without transpiling; what npm brought stays outside. Answers its file. */
export const bundleProcess = async (
  entry: string,
  outdir: string,
  more: Pick<BuildOptions, 'plugins' | 'sourcemap'> = {},
): Promise<string> => {
  mkdirSync(outdir, { recursive: true });
  await build({
    entryPoints: [entry],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
    ...more,
  });
  return join(outdir, `${basename(entry, '.ts')}.mjs`);
};
