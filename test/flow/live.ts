import { Frame, type Message } from '../../shared/contracts/channel.ts';
import { Channel, type Role } from '../../shared/contracts/vocabulary.ts';
import type { System } from '../support/system.ts';

type Told = Message & { channel: Channel };

/** Everything that a text from a channel tells, its data as it came. */
export const told = (channel: Channel, texts: readonly string[]): Told[] =>
  texts.flatMap((text) => (Frame.safeParse(JSON.parse(text)).data?.messages ?? []).map((message) => ({ ...message, channel })));

/** Follows all three channels from now on; what they told is asked for later. */
export const listenToAll = async (running: System, role: Role = 'viewer'): Promise<() => Told[]> => {
  const headers = { authorization: `Bearer ${await running.bearer(role)}` };
  const clients = new Map<Channel, Awaited<ReturnType<System['connect']>>>();
  for (const channel of Channel.options) clients.set(channel, await running.connect(channel, { headers }));
  return () => [...clients].flatMap(([channel, client]) => told(channel, client.messages()));
};
