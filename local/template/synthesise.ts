import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../kernel/refusal.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Everything the templates and bundles are made of. */
const SOURCES = ['infra', 'functions', 'shared', 'statemachines', 'workflows', 'package-lock.json', 'cdk.json', 'tsconfig.json'];
const LATEST_KEPT_MS = 3_600_000;

const files = (path: string): string[] => {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [`${path} ${stat.size} ${stat.mtimeMs}`];
  return readdirSync(path)
    .sort()
    .flatMap((name) => files(join(path, name)));
};

/** Changes whenever a source file does. */
const fingerprint = (): string => {
  const hash = createHash('sha256');
  for (const source of SOURCES) for (const line of files(join(ROOT, source))) hash.update(`${line}\n`);
  return hash.digest('hex').slice(0, 16);
};

/** Synthesises in a process of its own: the CDK's hundreds of megabytes are gone when the machine starts. */
const synthesise = (outdir: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'infra', 'synth.ts'), '--outdir', outdir], {
      cwd: ROOT,
      env: { ...process.env, AWS_EC2_METADATA_DISABLED: 'true' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    child.stderr.on('data', (part: Buffer) => {
      complaint += part.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Refusal(`The app could not be synthesised; npm run synth shows it whole. It said:\n${complaint.trim()}`));
    });
  });

/** Removes what earlier sources gave, but not what another process may just be reading. */
const sweep = (dir: string, current: string): void => {
  for (const name of readdirSync(dir)) {
    const path = join(dir, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (path !== current && age > LATEST_KEPT_MS) rmSync(path, { recursive: true, force: true });
  }
};

/** The synthesised app under `dir`, made anew only when a source changed. Never half made: it is renamed into its place when it is whole. */
export const freshAssembly = async (dir: string, making: () => void = () => {}): Promise<string> => {
  const path = join(dir, fingerprint());
  if (existsSync(join(path, 'manifest.json'))) return path;
  making();
  mkdirSync(dir, { recursive: true });
  const half = `${path}.${process.pid}`;
  try {
    await synthesise(half);
    if (!existsSync(path)) renameSync(half, path);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  sweep(dir, path);
  return path;
};
