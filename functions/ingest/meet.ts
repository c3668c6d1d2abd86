import type { Runtime } from '../../shared/lambda/runtime.ts';
import type { EventsStore, StoredEvent } from '../../shared/stores/events.ts';

export interface MeetDeps extends Pick<Runtime, 'clock' | 'pause'> {
  events: EventsStore;
}

const ATTEMPTS = 20;

/**
 * The stored events of these nodes, each of which left a row where neighbours look. One whose row is there and which is not stored yet is marked:
 * it may have read its own neighbours before ours were there, and whoever stores it will notice and read them again.
 */
export const meet =
  ({ events, clock, pause }: MeetDeps) =>
  async (nodes: readonly string[]): Promise<StoredEvent[]> => {
    const found = await events.among(nodes);
    let left = nodes.filter((node) => !found.some((one) => one.node === node));
    for (let tries = 0; left.length > 0; tries += 1) {
      if (tries === ATTEMPTS)
        throw new Error(`Events ${left.join(', ')} were being stored for too long; the message will be delivered again`);
      if (tries > 1) await pause(tries);
      const marked = await Promise.all(left.map((node) => events.meet(node, clock.now())));
      const stored = await events.among(left.filter((_, index) => !marked[index]));
      found.push(...stored);
      left = left.filter((node, index) => !marked[index] && !stored.some((one) => one.node === node));
    }
    return found;
  };
