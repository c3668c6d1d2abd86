import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { freePort } from '../test/support/free-port.ts';

/** Starts the system as a user does, puts one gunshot on the bus as a producer does, and sees its workflow complete over REST. */
const DEADLINE_MS = 240_000;
const started = Date.now();

const until = async <T>(what: string, look: () => Promise<T | undefined>): Promise<T> => {
  while (Date.now() - started < DEADLINE_MS) {
    const found = await look().catch(() => undefined);
    if (found !== undefined) return found;
    await pause(250);
  }
  throw new Error(`${what} did not happen within ${DEADLINE_MS / 1000} s`);
};

const [port, awsPort] = [await freePort(), await freePort()];
const dir = mkdtempSync(join(tmpdir(), 'swoe-smoke-'));
const env = { ...process.env, SWOE_PORT: String(port), SWOE_AWS_PORT: String(awsPort), SWOE_DATA_DIR: join(dir, 'data') };
const ready = join(dir, 'ready');
const system = spawn('npm', ['start', '--silent', '--', '--no-demo', '--ready-file', ready], {
  env,
  stdio: ['ignore', 'inherit', 'inherit'],
  detached: true,
});
const gone = once(system, 'exit');

const token = async (role: string): Promise<string> => {
  const child = spawn('npm', ['run', '-s', 'token', '--', role], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const chunk of child.stdout) text += String(chunk);
  return text.trim();
};

const get = async <T>(path: string, bearer: string): Promise<T> => {
  const response = await fetch(`http://127.0.0.1:${port}/api/orchestration${path}`, { headers: { authorization: `Bearer ${bearer}` } });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as T;
};

const shoot = async (): Promise<void> => {
  const bus = new EventBridgeClient({
    endpoint: `http://127.0.0.1:${awsPort}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  const data = { location: { lat: 26.7753, lon: -80.0581, radiusM: 25 }, confidence: 0.93 };
  const detail = {
    specversion: '1.0',
    id: 'smoke-shot',
    source: 'sensor-12',
    type: 'gunshot.detected',
    time: new Date().toISOString(),
    data,
  };
  const entry = { EventBusName: 'swoe', Source: 'gunshot_detection', DetailType: 'gunshot.detected', Detail: JSON.stringify(detail) };
  const { FailedEntryCount } = await bus.send(new PutEventsCommand({ Entries: [entry] }));
  if (FailedEntryCount) throw new Error('the bus refused the gunshot');
};

interface Open {
  id: string;
  executionId: string;
  factsHash: string;
}

const approve = async (bearer: string): Promise<void> => {
  const { items } = await get<{ items: Open[] }>('/approvals', bearer);
  for (const { id, factsHash } of items) {
    await fetch(`http://127.0.0.1:${port}/api/orchestration/approvals/${encodeURIComponent(id)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify({ answer: 'approve', reason: 'smoke run', factsHash }),
    });
  }
};

try {
  await until('readiness', async () => (existsSync(ready) ? true : undefined));
  console.log(`ready after ${((Date.now() - started) / 1000).toFixed(1)} s`);
  const [viewer, commander] = [await token('viewer'), await token('watch_commander')];
  await shoot();
  const ended = await until('the end of gunfire-response', async () => {
    await approve(commander);
    const { items } = await get<{ items: { kind: string; data: { status?: string; degraded?: boolean } }[] }>(
      '/audit?kind=workflow.completed',
      viewer,
    );
    return items[0];
  });
  const { ledger } = await get<{ ledger: { started: number; completed: number } }>('/status', viewer);
  console.log(`gunfire-response ${ended.data.status}${ended.data.degraded ? ', degraded' : ''}; ledger ${JSON.stringify(ledger)}`);
  if (ended.data.status !== 'COMPLETED' || ledger.completed !== 1) throw new Error('gunfire-response did not complete');
} finally {
  if (system.pid && system.exitCode === null) process.kill(-system.pid, 'SIGTERM');
  await gone;
  rmSync(dir, { recursive: true, force: true });
}
