import { PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { Channel, Role } from '../../shared/contracts/vocabulary.ts';
import { dynamoDb, connections as managementApi } from '../../shared/lambda/clients.ts';
import { lazily, setting } from '../../shared/lambda/doors.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { channelsStore } from '../../shared/stores/channels.ts';
import { connectionsStore, mayFollow } from '../../shared/stores/connections.ts';
import { read } from './request.ts';
import { resume } from './resume.ts';

/** What API Gateway hands in for each of the three routes. `authorizer` is the authorizer's context, all text. */
interface SocketEvent {
  requestContext: {
    routeKey: string;
    stage: string;
    connectionId: string;
    authorizer?: Record<string, unknown> | null;
  };
  body?: string | null;
}

interface Answer {
  statusCode: number;
}

const OK: Answer = { statusCode: 200 };
const FORBIDDEN: Answer = { statusCode: 403 };

const rolesOf = (text: unknown): Role[] =>
  String(text ?? '')
    .split(',')
    .flatMap((name) => Role.safeParse(name).data ?? []);

/** The door of the WebSocket channels: who comes, who goes, and what a client asks for. */
export const create = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const { clock } = runtime;
  const connections = connectionsStore(client, setting(runtime, 'CONNECTIONS_TABLE'));
  const channels = channelsStore(client, setting(runtime, 'CHANNELS_TABLE'));
  const endpoint = setting(runtime, 'WEBSOCKET_ENDPOINT');
  const apis = new Map(Channel.options.map((channel) => [channel, managementApi(runtime, `${endpoint}/${channel}`)]));

  const welcome = async (channel: Channel, { connectionId: id, authorizer }: SocketEvent['requestContext']): Promise<Answer> => {
    const roles = rolesOf(authorizer?.['roles']);
    const expiresAt = Number(authorizer?.['exp']) * 1000;
    if (!authorizer?.['sub'] || !mayFollow(roles) || !(expiresAt > clock.now())) return FORBIDDEN;
    const person = { sub: String(authorizer['sub']), roles, agency: String(authorizer['agency'] ?? ''), expiresAt };
    await connections.add({ id, channel, connectedAt: clock.now(), ...person });
    return OK;
  };

  const answer = async (channel: Channel, id: string, body: string | null | undefined): Promise<Answer> => {
    const send = async (word: object): Promise<void> => {
      const Data = Buffer.from(JSON.stringify(word));
      await apis.get(channel)?.send(new PostToConnectionCommand({ ConnectionId: id, Data }));
    };
    const person = await connections.get(channel, id);
    if (!person || person.expiresAt <= clock.now()) {
      await send({ channel, error: 'Your token has expired; connect again with a new one' });
      return FORBIDDEN;
    }
    const said = read(body);
    if (!said.ok) await send({ channel, error: said.error, accepted: said.accepted });
    else if (said.word.action === 'ping') await send({ channel, pong: true, at: new Date(clock.now()).toISOString() });
    else await resume({ channels, send })(channel, said.word.from);
    return OK;
  };

  const serve = async ({ requestContext, body }: SocketEvent): Promise<Answer> => {
    const channel = Channel.parse(requestContext.stage);
    if (requestContext.routeKey === '$connect') return welcome(channel, requestContext);
    if (requestContext.routeKey !== '$disconnect') return answer(channel, requestContext.connectionId, body);
    await connections.remove(channel, requestContext.connectionId);
    return OK;
  };

  return async (event: SocketEvent): Promise<Answer> => {
    try {
      return await serve(event);
    } catch (error) {
      if (error instanceof Error && error.name === 'GoneException') return OK;
      say(runtime.log, 'error', 'invocation.failed', { route: event.requestContext.routeKey, ...errorFields(error) });
      return { statusCode: 500 };
    }
  };
};

export const handler = lazily(create);
