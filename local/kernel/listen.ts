import type { Server } from 'node:http';
import { Refusal } from './refusal.ts';

const LOOPBACK = '127.0.0.1';

/** Binds to loopback only. `variable` is what chooses the port, for the sentence when it is taken. Port 0 takes any free one; answers the port taken. */
export const listen = (server: Server, port: number, what: string, variable: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is taken by another process' : `cannot be used (${error.code ?? error.message})`;
      reject(new Refusal(`Port ${port} for ${what} ${why}: choose another with ${variable}.`));
    };
    server.once('error', refuse);
    server.listen(port, LOOPBACK, () => {
      server.off('error', refuse);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });

/** Stops listening and ends every connection. */
export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
