import { SOCKET_PATH, serveGateway } from './engines/gateway/index.ts';
import { close, listen } from './kernel/listen.ts';
import type { Machine } from './machine.ts';
import { serveWire } from './wire/index.ts';

export interface Addresses {
  /** `http://127.0.0.1:8080` */
  readonly gateway: string;
  /** `http://127.0.0.1:4566` */
  readonly aws: string;
}

export interface Served extends Addresses {
  stop(): Promise<void>;
}

export interface Ports {
  readonly gateway: number;
  readonly aws: number;
}

const local = (port: number): string => `http://127.0.0.1:${port}`;

/** What a browser sees at the root. */
const index = ({ gateway }: Machine, aws: string): string => {
  const routes = gateway.rest.flatMap(({ stage, routes }) => routes.map(({ method, path }) => `  ${method.padEnd(5)}/${stage}${path}`));
  const channels = gateway.sockets.flatMap(({ api }) => [...api.stages.keys()].map((stage) => `  ${SOCKET_PATH}/${stage}`));
  return [
    'SWOE, the local machine',
    '',
    'REST (Authorization: Bearer <token>; a token: npm run -s token -- dispatcher)',
    ...routes,
    '',
    'WebSocket',
    ...channels,
    '',
    'AWS endpoint',
    `  ${aws}`,
    '',
  ].join('\n');
};

/** Puts a machine on two ports of loopback: the gateway and the AWS endpoint. A taken port is a Refusal, and nothing stays open. */
export const serve = async (
  machine: Machine,
  ports: Ports,
  complain: (message: string, fields: Record<string, unknown>) => void,
): Promise<Served> => {
  const failed = (error: unknown) => complain('A request failed in the gateway', { error: String((error as Error)?.stack ?? error) });
  const wire = serveWire(machine.wire);
  const awsPort = await listen(wire, ports.aws, 'the AWS endpoint', 'SWOE_AWS_PORT');
  const aws = local(awsPort);
  const { server, hangUp } = serveGateway(
    machine.gateway,
    {
      '/': () => ({ type: 'text/plain; charset=utf-8', body: index(machine, aws) }),
      '/.well-known/jwks.json': () => ({ type: 'application/json', body: JSON.stringify(machine.identity.keys()) }),
    },
    failed,
  );
  try {
    const gatewayPort = await listen(server, ports.gateway, 'REST and WebSocket', 'SWOE_PORT');
    return {
      gateway: local(gatewayPort),
      aws,
      stop: async () => {
        hangUp();
        await Promise.all([close(server), close(wire)]);
      },
    };
  } catch (error) {
    await close(wire);
    throw error;
  }
};
