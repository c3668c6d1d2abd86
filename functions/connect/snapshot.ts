import type { Frame, Standing } from '../../shared/contracts/channel.ts';
import type { Channel } from '../../shared/contracts/vocabulary.ts';
import type { ServerWord } from '../../shared/contracts/words.ts';
import type { View } from '../../shared/domain/view.ts';
import { packed } from '../../shared/lambda/packed.ts';
import { type StandingDeps, standing } from './standing.ts';

/** API Gateway pushes at most 128 KB. */
const PART = { most: 100, bytes: 100 * 1024, sizeOf: (item: Standing) => Buffer.byteLength(JSON.stringify(item)) + 1 };

export interface SnapshotDeps extends StandingDeps {
  send: (word: Frame | ServerWord) => Promise<void>;
  view: View;
}

/**
 * Sends what stands now, in parts, and answers the number from which messages are told on top of it. The number is read first, so
 * what happens meanwhile may be in the snapshot and is told again: never the other way about.
 */
export const snapshot =
  (deps: SnapshotDeps) =>
  async (channel: Channel): Promise<number> => {
    const next = await deps.channels.next(channel);
    const { items, whole } = await standing(deps, channel);
    const parts = packed(
      items.flatMap((item) => deps.view.see(item) ?? []),
      PART,
    );
    const told = parts.length > 0 ? parts : [[]];
    for (const [index, part] of told.entries()) await deps.send({ channel, snapshot: part, part: index + 1, of: told.length, whole, next });
    return next;
  };
