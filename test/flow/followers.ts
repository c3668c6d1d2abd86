import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Dial } from '../../client/dial.ts';
import { type Follower, openFollower } from '../../client/follower.ts';
import type { Filter } from '../../shared/contracts/filter.ts';
import { Channel } from '../../shared/contracts/vocabulary.ts';
import { toFrame } from '../../shared/stores/channels.ts';
import type { System } from '../support/system.ts';

export interface Followed {
  readonly channel: Channel;
  readonly heard: number[];
  readonly follower: Follower;
  /** Cuts the connection as a network does: neither side is asked. */
  cut(): void;
  cuts(): number;
}

/** A client of the running system on one channel, from its first message on. */
export const followIn = async (running: System, channel: Channel, filter?: Filter): Promise<Followed> => {
  const authorization = `Bearer ${await running.bearer('viewer')}`;
  const heard: number[] = [];
  let wire: { close(): void } | undefined;
  let cuts = 0;
  const dial: Dial = async (ear) => {
    const client = await running.machine.gateway.connect(channel, { headers: { authorization }, ear });
    wire = { close: () => void client.close() };
    return { send: (text) => void client.send(text), close: wire.close };
  };
  const options = { dial, timers: running.scheduler, from: 1, filter, onMessage: ({ seq }: { seq: number }) => void heard.push(seq) };
  const follower = await openFollower(options);
  const cut = (): void => {
    cuts += 1;
    wire?.close();
  };
  return { channel, heard, follower, cut, cuts: () => cuts };
};

/** The numbers of every message that a channel keeps, as its table has them. */
export const keptOn = async ({ machine, live }: System): Promise<Map<Channel, number[]>> => {
  const scan = machine.call(machine.localUser, 'dynamodb', 'Scan', { TableName: 'swoe-dev-channels' });
  const { Items } = (await live(scan)) as { Items: Parameters<typeof unmarshall>[0][] };
  const items = Items.map((item) => unmarshall(item)).filter(({ sk }) => String(sk).startsWith('FROM#'));
  const frames = items.map(toFrame).sort((a, b) => a.from - b.from);
  return new Map(
    Channel.options.map((channel) => [
      channel,
      frames.filter((frame) => frame.channel === channel).flatMap(({ messages }) => messages.map(({ seq }) => seq)),
    ]),
  );
};
