import { WebSocket } from 'ws';
import type { Channel } from '../shared/contracts/vocabulary.ts';
import type { Token } from './http.ts';

/** One connection to a channel. */
export interface Wire {
  send(text: string): void;
  close(): void;
}

export interface Ear {
  text(text: string): void;
  /** Called once, when the connection ends, whoever ended it. */
  closed(why: string): void;
}

/** Opens a connection. Rejects, saying why, where it is refused. */
export type Dial = (ear: Ear) => Promise<Wire>;

/** Over the network: `gateway` is `http://127.0.0.1:8080`, a token is fetched for every connection. */
export const dialWebSocket =
  ({ gateway, channel, token }: { gateway: string; channel: Channel; token: Token }): Dial =>
  async (ear) => {
    const headers = { authorization: `Bearer ${await token()}` };
    const socket = new WebSocket(`${gateway.replace(/^http/, 'ws')}/ws/orchestration/${channel}`, { headers });
    return new Promise((resolve, reject) => {
      socket.on('open', () => resolve({ send: (text) => socket.send(text), close: () => socket.close() }));
      socket.on('message', (raw) => ear.text(String(raw)));
      socket.on('error', (error) => reject(new Error(`The channel ${channel} cannot be followed: ${error.message}`)));
      socket.on('close', (code) => ear.closed(`the channel ${channel} was closed with code ${code}`));
    });
  };
