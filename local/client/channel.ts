import { WebSocket } from 'ws';
import { Frame, type Message } from '../../shared/contracts/channel.ts';
import type { Channel } from '../../shared/contracts/vocabulary.ts';

export interface Subscription {
  close(): void;
}

interface Follow {
  readonly gateway: string;
  readonly channel: Channel;
  readonly token: string;
  readonly onMessage: (message: Message) => void;
  /** Called once when the connection ends without `close`, with the reason. */
  readonly onEnd?: (why: string) => void;
}

/** The frame in a text from the wire; undefined for whatever else a server may say. */
export const frameOf = (text: string): Frame | undefined => {
  try {
    return Frame.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** Follows one channel. Resolves when the connection stands; rejects, saying why, when it is refused. */
export const follow = ({ gateway, channel, token, onMessage, onEnd }: Follow): Promise<Subscription> =>
  new Promise((resolve, reject) => {
    const url = `${gateway.replace(/^http/, 'ws')}/ws/orchestration/${channel}`;
    const socket = new WebSocket(url, { headers: { authorization: `Bearer ${token}` } });
    let wanted = true;
    socket.on('open', () =>
      resolve({
        close: () => {
          wanted = false;
          socket.close();
        },
      }),
    );
    socket.on('message', (raw) => {
      for (const message of frameOf(String(raw))?.messages ?? []) onMessage(message);
    });
    socket.on('error', (error) => reject(new Error(`The channel ${channel} cannot be followed: ${error.message}`)));
    socket.on('close', (code) => {
      if (wanted) onEnd?.(`the channel ${channel} was closed with code ${code}`);
    });
  });
