import { DeleteConnectionCommand, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import type { Partner } from '../../shared/contracts/agency.ts';
import type { Frame } from '../../shared/contracts/channel.ts';
import { Channel } from '../../shared/contracts/vocabulary.ts';
import type { ServerWord } from '../../shared/contracts/words.ts';
import type { Scopes } from '../../shared/domain/joint/scope.ts';
import { sift } from '../../shared/domain/sift.ts';
import { type Rules, type View, viewOf } from '../../shared/domain/view.ts';
import { connections as managementApi } from '../../shared/lambda/clients.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import type { Access } from '../../shared/policy/access/index.ts';
import type { BarredStore } from '../../shared/stores/barred.ts';
import { type Connection, type ConnectionsStore, LONGEST_MS } from '../../shared/stores/connections.ts';
import { createPatience } from './patience.ts';

/** A connection that is being made is not there yet and looks gone; it is given this long. */
const SETTLING_MS = 10_000;
/** One push holds at most this much for one connection (1 MB); for the rest it is told to resume. */
const MOST_FRAMES = 8;

const isGone = (error: unknown): boolean => error instanceof Error && error.name === 'GoneException';

interface PushDeps {
  runtime: Runtime;
  connections: ConnectionsStore;
  access: Access;
  partners: readonly Partner[];
  /** What joint operations open; asked where somebody of another agency listens. */
  scopes: Scopes;
  barred: Pick<BarredStore, 'lately'>;
  /** `https://{api}.execute-api.{region}.{suffix}`; the channel is the stage. */
  endpoint: string;
}

const inBytes = (word: Frame | ServerWord): Uint8Array => Buffer.from(JSON.stringify(word));

/** What one view is pushed of frames: a bounded number of them, and where to resume for the rest. */
const pushed = (frames: readonly Frame[], { see }: View): Uint8Array[] => {
  const sifted = sift(frames, see);
  const rest = sifted[MOST_FRAMES];
  const more = rest ? [inBytes({ channel: Channel.parse(rest.channel), more: true, from: rest.from })] : [];
  return [...sifted.slice(0, MOST_FRAMES).map(inBytes), ...more];
};

/** Pushes frames to whoever listens. One connection's trouble is its own: it is logged, and the others get theirs. */
export const pusher = ({ runtime, connections, access, partners, scopes, barred, endpoint }: PushDeps) => {
  const { clock } = runtime;
  const clients = new Map(Channel.options.map((channel) => [channel, managementApi(runtime, `${endpoint}/${channel}`)]));
  const patience = createPatience(clock);

  const hangUp = async ({ channel, id }: Connection): Promise<void> => {
    try {
      await clients.get(channel)?.send(new DeleteConnectionCommand({ ConnectionId: id }));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    await connections.remove(channel, id);
  };

  const post = async ({ channel, id }: Connection, words: readonly Uint8Array[]): Promise<void> => {
    const missed = patience.missed(id);
    const first = missed === undefined ? [] : [inBytes({ channel, more: true, from: missed })];
    for (const Data of [...first, ...words]) await clients.get(channel)?.send(new PostToConnectionCommand({ ConnectionId: id, Data }));
    patience.tookAll(id);
  };

  /** `from`: the first number of what is pushed. */
  const serve = async (connection: Connection, rules: Rules, from: number, words: (view: View) => Uint8Array[]): Promise<void> => {
    const { id, channel, connectedAt } = connection;
    if (patience.isResting(id)) return;
    const view = viewOf(connection, rules);
    try {
      if (connectedAt + LONGEST_MS < clock.now() || !view) await hangUp(connection);
      else await post(connection, words(view));
    } catch (error) {
      if (!isGone(error)) {
        patience.refused(id, from);
        say(runtime.log, 'warn', 'push.failed', { connectionId: id, channel, ...errorFields(error) });
      } else if (connectedAt + SETTLING_MS < clock.now()) await connections.remove(channel, id);
    }
  };

  const toChannel = async (channel: Channel, frames: readonly Frame[]): Promise<void> => {
    const [first] = frames;
    if (!first) return;
    const encoded = new Map<string, Uint8Array[]>();
    /** Once for all who are told the same. */
    const words = (view: View): Uint8Array[] => {
      const known = encoded.get(view.key) ?? pushed(frames, view);
      encoded.set(view.key, known);
      return known;
    };
    patience.tidy();
    const listeners = await connections.on(channel);
    if (listeners.length === 0) return;
    const hasGuests = listeners.some(({ agency }) => partners.some(({ id }) => id === agency));
    const [out, joint] = await Promise.all([barred.lately(), hasGuests ? scopes() : []]);
    const rules = { access, partners, joint, out, now: clock.now() };
    await Promise.all(listeners.map((listener) => serve(listener, rules, first.from, words)));
  };

  return async (frames: readonly Frame[]): Promise<void> => {
    await Promise.all(
      Channel.options.map((channel) =>
        toChannel(
          channel,
          frames.filter((frame) => frame.channel === channel),
        ),
      ),
    );
  };
};
