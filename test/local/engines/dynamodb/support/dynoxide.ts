import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../../support/free-port.ts';

const BINARY = fileURLToPath(new URL('../../../../../node_modules/@dynoxide/linux-x64/dynoxide', import.meta.url));

/** Why the oracle cannot run here; undefined where it can. */
export const dynoxideMissing = (): string | undefined => {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `dynoxide is only installed for linux-x64, this is ${process.platform}-${process.arch}`;
  return existsSync(BINARY) ? undefined : 'node_modules/@dynoxide/linux-x64 is missing (an optional dependency): npm ci installs it';
};

export type Answer =
  | { readonly ok: Record<string, unknown> }
  | { readonly error: string; readonly message: string; readonly body: Record<string, unknown> };

export interface Dynoxide {
  call(operation: string, input: object): Promise<Answer>;
  /** DynamoDB Streams. */
  streams(operation: string, input: object): Promise<Answer>;
  stop(): void;
}

const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00',
  'x-amz-date': '20260101T000000Z',
};

const listening = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = '';
    const hear = (data: Buffer): void => {
      said += data.toString();
      if (/listening|127\.0\.0\.1:/i.test(said)) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => reject(new Error(`dynoxide ended at once: ${said}`)));
  });

interface Post {
  readonly port: number;
  readonly agent: Agent;
  readonly target: string;
  readonly body: string;
}

const post = ({ port, agent, target, body }: Post): Promise<{ status: number | undefined; text: string }> =>
  new Promise((resolve, reject) => {
    const headers = { ...HEADERS, 'x-amz-target': target, 'content-length': Buffer.byteLength(body) };
    const asked = request({ port, host: '127.0.0.1', method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }));
    });
    asked.on('error', reject);
    asked.end(body);
  });

/** Starts the oracle on a free port, in memory. */
export const startDynoxide = async (): Promise<Dynoxide> => {
  const port = await freePort();
  const child = spawn(BINARY, ['serve', '--port', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] });
  await listening(child);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const ask = async (target: string, input: object): Promise<Answer> => {
    const { status, text } = await post({ port, agent, target, body: JSON.stringify(input) });
    const body = JSON.parse(text) as Record<string, unknown>;
    if (status === 200) return { ok: body };
    const type = String(body['__type'] ?? '');
    return { error: type.slice(type.indexOf('#') + 1), message: String(body['message'] ?? body['Message'] ?? ''), body };
  };
  return {
    call: (operation, input) => ask(`DynamoDB_20120810.${operation}`, input),
    streams: (operation, input) => ask(`DynamoDBStreams_20120810.${operation}`, input),
    stop: () => {
      agent.destroy();
      child.kill();
    },
  };
};
