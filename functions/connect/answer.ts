import type { Partner } from '../../shared/contracts/agency.ts';
import type { Frame } from '../../shared/contracts/channel.ts';
import type { ClientWord, ServerWord } from '../../shared/contracts/words.ts';
import type { Scopes } from '../../shared/domain/joint/scope.ts';
import { viewOf } from '../../shared/domain/view.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { Access } from '../../shared/policy/access/index.ts';
import type { BarredStore } from '../../shared/stores/barred.ts';
import type { ChannelsStore } from '../../shared/stores/channels.ts';
import type { Connection, ConnectionsStore } from '../../shared/stores/connections.ts';
import { read } from './request.ts';
import { resume } from './resume.ts';
import { snapshot } from './snapshot.ts';
import type { StandingDeps } from './standing.ts';

export interface AnswerDeps extends StandingDeps {
  channels: ChannelsStore;
  connections: ConnectionsStore;
  access: Access;
  partners: readonly Partner[];
  /** What joint operations open; asked where somebody of another agency listens. */
  scopes: Scopes;
  barred: Pick<BarredStore, 'lately'>;
  clock: Clock;
  /** To the connection that asked. */
  send: (word: Frame | ServerWord) => Promise<void>;
}

/**
 * The filter is written before the number is read, and `publish` reads who listens after it has committed its numbers: whatever
 * has this number or a later one is told by the new filter.
 */
const subscribe = async (
  { connections, channels, send }: AnswerDeps,
  connection: Connection,
  word: ClientWord & { action: 'subscribe' },
) => {
  const { channel } = connection;
  const wanted = Object.keys(word.filter).length > 0 ? word.filter : undefined;
  await connections.want(connection, wanted);
  await send({ channel, subscribed: word.filter, next: await channels.next(channel) });
};

/** Answers what a connection asks. False where its token has ended or counts no more, or no role of its may follow: then it is told nothing. */
export const answer =
  (deps: AnswerDeps) =>
  async (connection: Connection, body: string | null | undefined): Promise<boolean> => {
    const { access, partners, scopes, barred, channels, clock, send } = deps;
    const { channel } = connection;
    const isGuest = partners.some(({ id }) => id === connection.agency);
    const [out, joint] = await Promise.all([barred.lately(), isGuest ? scopes() : []]);
    const view = viewOf(connection, { access, partners, joint, out, now: clock.now() });
    if (!view) return false;
    const said = read(channel, body);
    if (!said.ok) await send({ channel, error: said.error, accepted: said.accepted });
    else if (said.word.action === 'ping') await send({ channel, pong: true, at: iso(clock.now()), next: await channels.next(channel) });
    else if (said.word.action === 'subscribe') await subscribe(deps, connection, said.word);
    else if (said.word.action === 'snapshot') await snapshot({ ...deps, view })(channel);
    else await resume({ ...deps, view })(channel, said.word.from);
    return true;
  };
