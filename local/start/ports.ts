import { createServer } from 'node:http';
import { close, listen } from '../kernel/listen.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Ports } from '../serve.ts';

const portOf = (env: NodeJS.ProcessEnv, variable: string, usual: number): number => {
  const text = env[variable] ?? String(usual);
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new Refusal(`${variable} is "${text}": give a port from 0 (any free one) to 65535.`);
  return port;
};

export const portsOf = (env: NodeJS.ProcessEnv): Ports => ({
  gateway: portOf(env, 'SWOE_PORT', 8080),
  aws: portOf(env, 'SWOE_AWS_PORT', 4566),
});

/** Asks for both ports before the long part of the start, so that a taken one is told at once. */
export const checkPorts = async ({ gateway, aws }: Ports): Promise<void> => {
  for (const [port, what, variable] of [
    [gateway, 'REST and WebSocket', 'SWOE_PORT'],
    [aws, 'the AWS endpoint', 'SWOE_AWS_PORT'],
  ] as const) {
    const probe = createServer();
    await listen(probe, port, what, variable);
    await close(probe);
  }
};
