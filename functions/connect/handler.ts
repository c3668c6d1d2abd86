import { DeleteConnectionCommand, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { Channel, Role } from '../../shared/contracts/vocabulary.ts';
import { partiesIn } from '../../shared/domain/joint/parties.ts';
import { createScopes, takingPart } from '../../shared/domain/joint/scope.ts';
import { partnerOf } from '../../shared/domain/sharing/partners.ts';
import { dynamoDb, connections as managementApi } from '../../shared/lambda/clients.ts';
import { lazily, setting } from '../../shared/lambda/doors.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { createAccess, mayFollow } from '../../shared/policy/access/index.ts';
import { barredStore } from '../../shared/stores/barred.ts';
import { channelsStore } from '../../shared/stores/channels.ts';
import { connectionsStore } from '../../shared/stores/connections.ts';
import { eventsStore } from '../../shared/stores/events.ts';
import { executionsStore } from '../../shared/stores/executions.ts';
import { incidentsStore } from '../../shared/stores/incidents.ts';
import { jointStore } from '../../shared/stores/joint.ts';
import { answer } from './answer.ts';

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
  const stores = {
    connections,
    barred: barredStore(client, setting(runtime, 'CONNECTIONS_TABLE'), clock),
    channels: channelsStore(client, setting(runtime, 'CHANNELS_TABLE')),
    executions: executionsStore(client, setting(runtime, 'EXECUTIONS_TABLE')),
    incidents: incidentsStore(client, setting(runtime, 'INCIDENTS_TABLE'), eventsStore(client, setting(runtime, 'EVENTS_TABLE'))),
  };
  const parties = partiesIn(runtime);
  const { partners } = parties;
  const access = createAccess(parties.ours);
  const joint = jointStore(client, setting(runtime, 'JOINT_TABLE'));
  const scopes = createScopes({ joint, incidents: stores.incidents, parties, clock });
  const endpoint = setting(runtime, 'WEBSOCKET_ENDPOINT');
  const apis = new Map(Channel.options.map((channel) => [channel, managementApi(runtime, `${endpoint}/${channel}`)]));

  const welcome = async (channel: Channel, { connectionId: id, authorizer }: SocketEvent['requestContext']): Promise<Answer> => {
    const roles = rolesOf(authorizer?.['roles']);
    const expiresAt = Number(authorizer?.['exp']) * 1000;
    const text = (name: string): string => String(authorizer?.[name] ?? '');
    const issuedAt = Number(authorizer?.['iat'] ?? 0) * 1000;
    const person = { sub: text('sub'), roles, agency: text('agency'), expiresAt, issuedAt, tokenId: text('jti') };
    const partner = partnerOf(partners, person.agency, clock.now()) !== undefined;
    const participants = partner ? takingPart(await scopes()) : [];
    if (!person.sub || !mayFollow(access, { ...person, partner }, channel, participants) || !(expiresAt > clock.now())) return FORBIDDEN;
    await connections.add({ id, channel, connectedAt: clock.now(), ...person });
    return OK;
  };

  const heard = async (channel: Channel, id: string, body: string | null | undefined): Promise<Answer> => {
    const send = async (word: object): Promise<void> => {
      const Data = Buffer.from(JSON.stringify(word));
      await apis.get(channel)?.send(new PostToConnectionCommand({ ConnectionId: id, Data }));
    };
    const connection = await connections.get(channel, id);
    if (connection && (await answer({ ...stores, access, partners, scopes, clock, send })(connection, body))) return OK;
    await send({ channel, error: 'Your token has expired or was revoked; connect again with a new one' });
    await apis.get(channel)?.send(new DeleteConnectionCommand({ ConnectionId: id }));
    return FORBIDDEN;
  };

  const serve = async ({ requestContext, body }: SocketEvent): Promise<Answer> => {
    const channel = Channel.parse(requestContext.stage);
    if (requestContext.routeKey === '$connect') return welcome(channel, requestContext);
    if (requestContext.routeKey !== '$disconnect') return heard(channel, requestContext.connectionId, body);
    await connections.remove(channel, requestContext.connectionId);
    return OK;
  };

  return async (event: SocketEvent): Promise<Answer> => {
    try {
      return await serve(event);
    } catch (error) {
      if (error instanceof Error && error.name === 'GoneException') return OK;
      // Whoever does not read their answers gets no more of them; they ask again.
      if (error instanceof Error && error.name === 'LimitExceededException') return { statusCode: 429 };
      say(runtime.log, 'error', 'invocation.failed', { route: event.requestContext.routeKey, ...errorFields(error) });
      return { statusCode: 500 };
    }
  };
};

export const handler = lazily(create);
