import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { freshAssembly } from '../../local/template/synthesise.ts';
import { bundleProcess } from '../support/bundle-process.ts';

const ROOT = join(import.meta.dirname, '..', '..');
export const OUT = join(ROOT, '.swoe', 'simulation');

/** Bundles the runs' worker, the machine included; what npm brought stays outside. In chunks, so that the first lines of worker.ts run first. */
export const buildWorker = (name: string, plugins: Plugin[] = []): Promise<string> =>
  bundleProcess(join(import.meta.dirname, 'worker.ts'), join(OUT, `worker-${name}-${process.pid}`), { sourcemap: 'inline', plugins });

/** The synthesised app, made anew where a source changed. */
export const assembly = (): Promise<string> => freshAssembly(join(OUT, 'assembly'), () => console.log('Synthesising the app …'));
