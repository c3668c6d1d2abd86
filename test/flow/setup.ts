import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { freshAssembly } from '../../local/template/synthesise.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The synthesised app that flow tests run: `inject('assembly')`. */
    assembly: string;
  }
}

/** Synthesises once for all flow tests, and not at all while no source changed. */
export default async ({ provide }: TestProject): Promise<void> => {
  provide('assembly', await freshAssembly(join(import.meta.dirname, '..', '..', '.swoe', 'flow')));
};
