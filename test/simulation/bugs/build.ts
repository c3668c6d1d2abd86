import { cpSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plugin } from 'esbuild';
import { bundle } from '../../../infra/bundle.ts';
import { assetPath } from '../../../local/template/bundles.ts';
import { readTemplate } from '../../../local/template/index.ts';
import { buildWorker, OUT } from '../build.ts';
import type { Bug, Edit } from './bug.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** What runs in the machine's own process rather than in a function's bundle. */
const isMachine = ({ file }: Edit): boolean => /^(local|statemachines)\//.test(file);

/** The text of a file with the edits made. Throws where what is to be changed does not stand there exactly once: the bug must be written anew. */
export const edited = (file: string, edits: readonly Edit[]): string =>
  edits.reduce(
    (text, { from, to }) => {
      const places = text.split(from).length - 1;
      if (places !== 1)
        throw new Error(
          `${file} has ${places} places that read\n  ${from}\nA bug of test/simulation/bugs changes one: write it anew for the file as it is.`,
        );
      return text.replace(from, () => to);
    },
    readFileSync(join(ROOT, file), 'utf8'),
  );

const changing = (edits: readonly Edit[]): Plugin => ({
  name: 'bug',
  setup: ({ onLoad }) => {
    const files = new Map(edits.map(({ file }) => [join(ROOT, file), file]));
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const file = files.get(path);
      return file
        ? {
            contents: edited(
              file,
              edits.filter((one) => one.file === file),
            ),
            loader: 'ts',
          }
        : undefined;
    });
  },
});

/** A copy of the assembly whose functions have the bug; what does not change is linked. */
const buildAssembly = async (app: string, name: string, edits: readonly Edit[]): Promise<string> => {
  const [copy, bundles] = [join(OUT, `assembly-${name}`), join(OUT, `bundles-${name}`)];
  rmSync(copy, { recursive: true, force: true });
  await bundle({ outdir: bundles, plugins: [changing(edits)] });
  mkdirSync(copy, { recursive: true });
  const isOfFunction = (entry: string): boolean => entry.startsWith('asset.') && statSync(join(app, entry)).isDirectory();
  for (const entry of readdirSync(app)) if (!isOfFunction(entry) && entry !== 'bundles') symlinkSync(join(app, entry), join(copy, entry));
  const template = readTemplate(app);
  for (const fn of template.ofType('AWS::Lambda::Function')) {
    const asset = assetPath(fn, template);
    const room = String(fn.ref).replace(/^swoe-[a-z]+-/, '');
    const to = join(copy, basename(asset));
    mkdirSync(to, { recursive: true });
    for (const entry of readdirSync(asset)) {
      if (entry.endsWith('.wasm')) linkSync(join(asset, entry), join(to, entry));
      else if (entry === 'index.mjs') cpSync(join(bundles, room, entry), join(to, entry));
    }
  }
  rmSync(bundles, { recursive: true, force: true });
  return copy;
};

export interface Built {
  readonly worker: string;
  readonly assembly: string;
  remove(): void;
}

/** The system with the bug in it: another worker, another assembly, or both. */
export const buildWithBug = async (app: string, bug: Bug): Promise<Built> => {
  const name = bug.name.replaceAll(/[^a-z]+/g, '-');
  for (const file of new Set(bug.edits.map((one) => one.file)))
    edited(
      file,
      bug.edits.filter((one) => one.file === file),
    );
  const [ofMachine, ofFunctions] = [bug.edits.filter(isMachine), bug.edits.filter((one) => !isMachine(one))];
  const worker = await buildWorker(name, ofMachine.length > 0 ? [changing(ofMachine)] : []);
  const assembly = ofFunctions.length > 0 ? await buildAssembly(app, name, ofFunctions) : app;
  return {
    worker,
    assembly,
    remove: () => {
      rmSync(join(worker, '..'), { recursive: true, force: true });
      if (assembly !== app) rmSync(assembly, { recursive: true, force: true });
    },
  };
};
