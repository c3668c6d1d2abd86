import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFileLog } from '../../../local/kernel/file-log.ts';
import { close, listen } from '../../../local/kernel/listen.ts';

const START = join(import.meta.dirname, '../../../local/start.ts');
const run = promisify(execFile);
const start = (env: Record<string, string> = {}, ...more: string[]) =>
  run(process.execPath, ['--import', 'tsx', START, '--no-demo', '--data', dir, ...more], {
    env: { ...process.env, SWOE_PORT: '0', SWOE_AWS_PORT: '0', ...env },
  });

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'swoe-start-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('npm start refuses in one sentence, with exit code 1,', () => {
  it('a data directory in use', async () => {
    const log = openFileLog(dir);
    await expect(start()).rejects.toMatchObject({
      code: 1,
      stderr: `The data directory ${dir} is in use by process ${process.pid}: stop that one, or choose another with --data or SWOE_DATA_DIR.\n`,
    });
    await log.close();
  }, 30_000);

  it('a taken port, before anything else takes its time', async () => {
    const server = createServer();
    const port = await listen(server, 0, 'a test', 'NOTHING');
    await expect(start({ SWOE_PORT: String(port) })).rejects.toMatchObject({
      code: 1,
      stderr: `Port ${port} for REST and WebSocket is taken by another process: choose another with SWOE_PORT.\n`,
    });
    await close(server);
  }, 30_000);

  it('a speed that is none', async () => {
    await expect(start({}, '--speed', 'warp')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^--speed is "warp": say .*\n$/),
    });
  }, 30_000);

  it('a data directory that is a file', async () => {
    writeFileSync(join(dir, 'file'), '');
    await expect(start({}, '--data', join(dir, 'file'))).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^The data directory .*file cannot be used \(.*\n$/),
    });
  }, 30_000);

  it('a port that is none', async () => {
    await expect(start({ SWOE_AWS_PORT: 'http' })).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^SWOE_AWS_PORT is "http": give a port/),
    });
  }, 30_000);

  it('a log that is damaged', async () => {
    writeFileSync(join(dir, 'state.log'), 'swoe-log 9\n');
    await expect(start()).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/^.*was written by a newer SWOE.*\n$/) });
  }, 30_000);
});
