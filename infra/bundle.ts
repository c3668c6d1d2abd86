import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { functionNames } from './functions.ts';

/** The CommonJS parts inside the bundles expect what an ES module does not have. */
const COMMONJS = [
  "import { createRequire as __swoeCreateRequire } from 'node:module';",
  "import { dirname as __swoeDirname } from 'node:path';",
  "import { fileURLToPath as __swoeFileUrl } from 'node:url';",
  'const require = __swoeCreateRequire(import.meta.url);',
  'const __filename = __swoeFileUrl(import.meta.url);',
  'const __dirname = __swoeDirname(__filename);',
].join(' ');

const WASM = 'cedar_wasm_bg.wasm';
const ROOT = resolve(import.meta.dirname, '..');

/** Cedar reads its wasm from beside the file it stands in, which after bundling is the bundle. */
const cedarWasm = (): string => join(dirname(createRequire(import.meta.url).resolve('@cedar-policy/cedar-wasm/nodejs')), WASM);

const checkRooms = (folder: string, rooms: readonly string[]): void => {
  const missing = rooms.filter((room) => !existsSync(join(folder, room, 'handler.ts')));
  if (missing.length > 0)
    throw new Error(
      `No handler.ts in ${missing.map((room) => `functions/${room}`).join(', ')}: infra/functions.ts deploys it. Write the room, or remove it there.`,
    );
  const unknown = readdirSync(folder).filter((room) => existsSync(join(folder, room, 'handler.ts')) && !rooms.includes(room));
  if (unknown.length > 0)
    throw new Error(
      `${unknown.map((room) => `functions/${room}`).join(', ')} would never be deployed: give it its limits and grants in infra/functions.ts.`,
    );
};

export interface BundleOptions {
  /** Where `<room>/index.mjs` is written. */
  readonly outdir: string;
  readonly functions?: string;
  readonly rooms?: readonly string[];
  /** What the simulation changes on purpose, to see whether it is found. */
  readonly plugins?: Plugin[];
}

/** Bundles every room in one esbuild pass, the SDK included; `create` and `handler` stay exported. */
export const bundle = async ({
  outdir,
  functions = join(ROOT, 'functions'),
  rooms = functionNames,
  plugins = [],
}: BundleOptions): Promise<void> => {
  checkRooms(functions, rooms);
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: Object.fromEntries(rooms.map((room) => [`${room}/index`, join(functions, room, 'handler.ts')])),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Dependencies in their ES modules, so that what is not used goes; names stay, since a stack trace is read at night.
    mainFields: ['module', 'main'],
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    banner: { js: COMMONJS },
    metafile: true,
    plugins,
    absWorkingDir: ROOT,
    logLevel: 'warning',
  });
  for (const [file, { inputs }] of Object.entries(metafile.outputs))
    if (Object.keys(inputs).some((input) => input.includes('@cedar-policy/cedar-wasm/')))
      copyFileSync(cedarWasm(), join(ROOT, dirname(file), WASM));
};

if (process.argv[1] === import.meta.filename) await bundle({ outdir: join(ROOT, '.bundle') });
