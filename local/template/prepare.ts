import { createLoader, type Loader, preload } from './bundles.ts';
import { readTemplate, type Template } from './index.ts';

/** A synthesised app, read and resolved, its functions imported: whatever any number of machines can share. */
export interface Prepared {
  readonly template: Template;
  readonly load: Loader;
}

/** Reads a `cdk.out` once. Reading files takes real time, which a virtual clock would not wait for. */
export const prepareAssembly = async (assembly: string): Promise<Prepared> => {
  const template = readTemplate(assembly);
  const load = createLoader();
  await preload(template, load);
  return { template, load };
};
