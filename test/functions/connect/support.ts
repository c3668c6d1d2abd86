import { create } from '../../../functions/connect/handler.ts';
import { create as createPublish } from '../../../functions/publish/handler.ts';
import { entry, sockets, streamed } from '../publish/ground.ts';

export const said = (connectionId: string, body: unknown, stage = 'events') => ({
  requestContext: { routeKey: '$default', stage, connectionId },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** Ten frames of two messages each on the channel `events`, the first of each HIGH and the second LOW, and a listener `c1`. */
export const withFrames = async () => {
  const ground = sockets();
  const publish = createPublish(ground.runtime);
  for (let n = 0; n < 10; n += 1) {
    const two = ['HIGH', 'LOW'].map((priority, m) => entry('journal-01', 2 * n + m + 1, 'event.fused', { n, priority }));
    await publish(streamed(...two));
  }
  await ground.listen('events', 'c1');
  return {
    ...ground,
    publish,
    connect: create(ground.runtime),
    words: () => ground.sent.map(({ word }) => word as Record<string, unknown>),
    /** As time to live would. */
    forget: async (...froms: number[]) => {
      for (const from of froms)
        await ground.runtime.aws?.('dynamodb', 'DeleteItem', {
          TableName: 'channels',
          Key: { pk: { S: 'CHANNEL#events' }, sk: { S: `FROM#${String(from).padStart(12, '0')}` } },
        });
    },
  };
};
