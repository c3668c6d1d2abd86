import { DeleteConnectionCommand, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import type { Frame } from '../../shared/contracts/channel.ts';
import { Channel } from '../../shared/contracts/vocabulary.ts';
import { sift } from '../../shared/domain/sift.ts';
import { type View, viewOf } from '../../shared/domain/view.ts';
import { connections as managementApi } from '../../shared/lambda/clients.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import type { Connection, ConnectionsStore } from '../../shared/stores/connections.ts';

/** A connection that is being made is not there yet and looks gone; it is given this long. */
const SETTLING_MS = 10_000;

const isGone = (error: unknown): boolean => error instanceof Error && error.name === 'GoneException';

interface PushDeps {
  runtime: Runtime;
  connections: ConnectionsStore;
  /** `https://{api}.execute-api.{region}.{suffix}`; the channel is the stage. */
  endpoint: string;
}

/** Pushes frames to whoever listens. One connection's trouble is its own: it is logged, and the others get theirs. */
export const pusher = ({ runtime, connections, endpoint }: PushDeps) => {
  const clients = new Map(Channel.options.map((channel) => [channel, managementApi(runtime, `${endpoint}/${channel}`)]));

  const hangUp = async ({ channel, id }: Connection): Promise<void> => {
    try {
      await clients.get(channel)?.send(new DeleteConnectionCommand({ ConnectionId: id }));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    await connections.remove(channel, id);
  };

  const post = async (connection: Connection, frames: Uint8Array[]): Promise<void> => {
    const { channel, id, connectedAt } = connection;
    try {
      for (const Data of frames) await clients.get(channel)?.send(new PostToConnectionCommand({ ConnectionId: id, Data }));
    } catch (error) {
      if (!isGone(error)) throw error;
      if (connectedAt + SETTLING_MS < runtime.clock.now()) await connections.remove(channel, id);
    }
  };

  const served = async (connection: Connection, work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      say(runtime.log, 'warn', 'push.failed', { connectionId: connection.id, channel: connection.channel, ...errorFields(error) });
    }
  };

  const toChannel = async (channel: Channel, frames: Frame[]): Promise<void> => {
    const encoded = new Map<string, Uint8Array[]>();
    /** Once for all who are told the same. */
    const inBytes = ({ key, see }: View): Uint8Array[] => {
      const known = encoded.get(key) ?? sift(frames, see).map((frame) => Buffer.from(JSON.stringify(frame)));
      encoded.set(key, known);
      return known;
    };
    const serve = (listener: Connection): Promise<void> => {
      const view = viewOf(listener, runtime.clock.now());
      return served(listener, view ? post(listener, inBytes(view)) : hangUp(listener));
    };
    await Promise.all((await connections.on(channel)).map(serve));
  };

  return async (frames: Frame[]): Promise<void> => {
    const told = Channel.options.map((channel) => ({ channel, own: frames.filter((frame) => frame.channel === channel) }));
    await Promise.all(told.filter(({ own }) => own.length > 0).map(({ channel, own }) => toChannel(channel, own)));
  };
};
