import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { bundleProcess } from '../../support/bundle-process.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** `npm start` as one file, so that a start costs no transpiling. It lies as deep below the root as the room that looks for the root. */
export const bundleStart = (): Promise<string> =>
  bundleProcess(join(ROOT, 'local', 'start.ts'), join(ROOT, '.swoe', `kill-${process.pid}`));

export interface Place {
  readonly entry: string;
  readonly data: string;
  readonly port: number;
  readonly awsPort: number;
  readonly compactAt: number;
}

export interface Life {
  /** Resolves to true when the machine is up, to false when it is gone before that. */
  readonly ready: Promise<boolean>;
  readonly gone: Promise<unknown>;
  lives(): boolean;
  kill(): Promise<void>;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
  /** What it said about why it went by itself; empty where it was killed. */
  complaint(): string;
}

const lives = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;

const appears = async (path: string, child: ChildProcess): Promise<boolean> => {
  while (lives(child)) {
    if (existsSync(path)) return true;
    await pause(10);
  }
  return false;
};

/** Starts the machine as a tester does, without a city: the driver is the city, because it outlives the machine. */
export const begin = ({ entry, data, port, awsPort, compactAt }: Place, more: readonly string[] = []): Life => {
  const readyFile = `${data}.ready`;
  rmSync(readyFile, { force: true });
  const child = spawn(process.execPath, [entry, '--no-city', '--data', data, '--ready-file', readyFile, ...more], {
    env: { ...process.env, SWOE_PORT: String(port), SWOE_AWS_PORT: String(awsPort), SWOE_COMPACT_AT: String(compactAt) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  let wanted = false;
  child.stderr.on('data', (part: Buffer) => {
    said += part.toString();
  });
  const gone = once(child, 'exit');
  const end = (signal: NodeJS.Signals) => async (): Promise<void> => {
    wanted = true;
    child.kill(signal);
    await gone;
  };
  return {
    ready: appears(readyFile, child),
    gone,
    lives: () => lives(child),
    kill: end('SIGKILL'),
    stop: end('SIGTERM'),
    complaint: () => (wanted ? '' : said.trim() || `it ended by itself with ${child.exitCode ?? child.signalCode}`),
  };
};
