import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { freshAssembly } from '../../local/template/synthesise.ts';

const ROOT = join(import.meta.dirname, '..', '..');
export const OUT = join(ROOT, '.swoe', 'simulation');

/** Bundles the runs' worker, the machine included; what npm brought stays outside. In chunks, so that the first lines of worker.ts run first. */
export const buildWorker = async (name: string, plugins: Plugin[] = []): Promise<string> => {
  const outdir = join(OUT, `worker-${name}-${process.pid}`);
  mkdirSync(outdir, { recursive: true });
  await build({
    entryPoints: [join(import.meta.dirname, 'worker.ts')],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    plugins,
    logLevel: 'warning',
  });
  return join(outdir, 'worker.mjs');
};

/** The synthesised app, made anew where a source changed. */
export const assembly = (): Promise<string> => freshAssembly(join(OUT, 'assembly'), () => console.log('Synthesising the app …'));
