import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { createRealScheduler } from '../../local/kernel/real-scheduler.ts';
import { rememberedLog } from '../../local/kernel/remembered-log.ts';
import { createMachine } from '../../local/machine.ts';
import { serve } from '../../local/serve.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const example = /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync(join(ROOT, 'client', 'README.md'), 'utf8'))?.[1] ?? '';

/** The page's example as somebody else's program: a process of its own that imports the package by its name. */
const run = async (gateway: string, aws: string, token: string): Promise<string> => {
  const file = join(ROOT, '.swoe', `client-example-${process.pid}.ts`);
  mkdirSync(join(ROOT, '.swoe'), { recursive: true });
  writeFileSync(file, example.replace('http://127.0.0.1:8080', gateway).replace('http://127.0.0.1:4566', aws));
  try {
    const child = spawn('npx', ['tsx', file], { cwd: ROOT, env: { ...process.env, SWOE_TOKEN: token }, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => {
        text += part.toString();
      });
    await once(child, 'close');
    return text;
  } finally {
    rmSync(file);
  }
};

test('the example of client/README.md puts an event on the bus, hears of it, and reads it over REST', async () => {
  const scheduler = createRealScheduler();
  const machine = await createMachine({ assembly: inject('assembly'), scheduler, log: rememberedLog(), onLine: () => {} });
  const complaints: string[] = [];
  const served = await serve(machine, { gateway: 0, aws: 0 }, (message) => complaints.push(message));
  try {
    const said = await run(served.gateway, served.aws, await machine.identity.token('dispatcher'));
    expect(said).toContain('1 taken, 0 refused\ngunshot.detected, CRITICAL, in an incident: true\nThere is no event cctv_network#none');
    expect(complaints).toEqual([]);
  } finally {
    await served.stop();
    await machine.stop();
  }
});
