import { DeleteConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { Channel } from '../../shared/contracts/vocabulary.ts';
import { connections as managementApi } from '../../shared/lambda/clients.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import type { Connection, ConnectionsStore } from '../../shared/stores/connections.ts';

interface Deps {
  readonly runtime: Runtime;
  readonly connections: ConnectionsStore;
  /** `https://{api}.execute-api.{region}.{suffix}`; the channel is the stage. */
  readonly endpoint: string;
}

/** Ends live connections at once; answers how many. One that cannot be ended now is ended by the next push, which looks who is barred. */
export const hangUp = ({ runtime, connections, endpoint }: Deps) => {
  const apis = new Map(Channel.options.map((channel) => [channel, managementApi(runtime, `${endpoint}/${channel}`)]));

  const end = async ({ channel, id }: Connection): Promise<number> => {
    try {
      await apis.get(channel)?.send(new DeleteConnectionCommand({ ConnectionId: id }));
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'GoneException') {
        say(runtime.log, 'warn', 'push.failed', { connectionId: id, channel, ...errorFields(error) });
        return 0;
      }
    }
    await connections.remove(channel, id);
    return 1;
  };

  return async (isMeant: (connection: Connection) => boolean): Promise<number> => {
    const all = (await Promise.all(Channel.options.map((channel) => connections.on(channel)))).flat();
    const ended = await Promise.all(all.filter(isMeant).map(end));
    return ended.reduce((sum, one) => sum + one, 0);
  };
};
