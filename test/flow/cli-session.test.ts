import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { missing, outputsOf, scriptOf, stepsOf } from '../support/session.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const steps = stepsOf(readFileSync(join(ROOT, 'docs', 'local.md'), 'utf8'));

/** Debian's CLI before any other: the page promises that one. */
const cli = ['/usr/bin/aws', spawnSync('sh', ['-c', 'command -v aws'], { encoding: 'utf8' }).stdout.trim()].find(
  (path) => path !== '' && existsSync(path),
);
if (!cli) console.warn('awscli is not installed, so the session of docs/local.md is not typed in: apt install awscli');

const dir = mkdtempSync(join(tmpdir(), 'swoe-session-'));
let stop = async (): Promise<void> => {};
let outputs: string[] = [];

/** `npm start -- --no-demo` as a tester types it, on ports of its own. */
const start = async (): Promise<number> => {
  const [gateway, aws] = [await freePort(), await freePort()];
  const env = { ...process.env, SWOE_PORT: String(gateway), SWOE_AWS_PORT: String(aws), SWOE_DATA_DIR: join(dir, 'data') };
  const ready = new AbortController();
  const seen = new Promise<void>((resolve) => {
    watch(dir, { signal: ready.signal }, (_event, name) => name === 'ready' && resolve());
  });
  const machine = spawn('npm', ['start', '--silent', '--', '--no-demo', '--ready-file', join(dir, 'ready')], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let complaint = '';
  machine.stderr.on('data', (part: Buffer) => {
    complaint += part.toString();
  });
  const gone = once(machine, 'exit');
  stop = async () => {
    if (machine.pid && machine.exitCode === null) process.kill(-machine.pid, 'SIGTERM');
    await gone;
  };
  await Promise.race([seen, gone.then(() => Promise.reject(new Error(`SWOE did not start: ${complaint}`)))]);
  ready.abort();
  return aws;
};

const typeIn = async (awsPort: number): Promise<string> => {
  symlinkSync(cli ?? '', join(dir, 'aws'));
  const env = { ...process.env, PATH: `${dir}:${process.env['PATH']}` };
  const shell = spawn('bash', ['-s'], { cwd: dir, env, stdio: ['pipe', 'pipe', 'inherit'] });
  shell.stdin.end(`exec 2>&1\n${scriptOf(steps).replaceAll('127.0.0.1:4566', `127.0.0.1:${awsPort}`)}`);
  let text = '';
  for await (const part of shell.stdout) text += String(part);
  return text;
};

beforeAll(async () => {
  if (cli) outputs = outputsOf(await typeIn(await start()));
}, 300_000);

afterAll(async () => {
  await stop();
  rmSync(dir, { recursive: true, force: true });
});

test.skipIf(!cli).each(steps.map((step, index) => [step.commands.trim().split('\n').at(-1), step, index] as const))(
  'docs/local.md shows what %s brings',
  (_last, { shown }, index) => {
    const output = outputs[index] ?? '';
    expect(missing(shown, output), output).toBeUndefined();
  },
);

test('a line that did not come, or came too early, is missed', () => {
  expect(missing(['a…c', '"b": 1'], 'a to c\n  "b":  1')).toBeUndefined();
  expect(missing(['b', 'a'], 'a\nb')).toBe('a');
  expect(stepsOf('```sh\nls\n```\nand\n```text\nx\n```\n```sh\ncd\n```\n')).toEqual([
    { commands: 'ls\n', shown: ['x'] },
    { commands: 'cd\n', shown: [] },
  ]);
});
