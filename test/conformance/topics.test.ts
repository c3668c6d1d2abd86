import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { topics } from '../../shared/contracts/topic.ts';
import { Channel } from '../../shared/contracts/vocabulary.ts';

const FILE = new URL('../../../shared/seed/swoe-phase-38.md', import.meta.url);

/** The list under `### /ws/orchestration/<channel>`, line by line. */
const listed = (channel: Channel): string[] => {
  const [, section = ''] = readFileSync(FILE, 'utf8').split(`### /ws/orchestration/${channel}\n`);
  const [own = ''] = section.split(/^#/m);
  return [...own.matchAll(/^- (.+)$/gm)].map(([, words = '']) => words);
};

describe.skipIf(!existsSync(FILE))("the customer's channels (skipped where ../shared is missing)", () => {
  it.each(Channel.options)('%s tells exactly what the customer lists, in that order, and names what it tells beside it', (channel) => {
    expect(listed(channel).length).toBeGreaterThan(2);
    expect(topics[channel].flatMap(({ named }) => named ?? [])).toEqual(listed(channel));
  });
});
