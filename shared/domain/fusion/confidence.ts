import type { Source } from '../../contracts/vocabulary.ts';
import { voiceOf } from '../independent.ts';
import type { Summary } from './summary.ts';

/**
 * How sure an incident is, 0 to 1: that not all of its independent sources are wrong. Each voice counts once, with the best it said, so a
 * second event of one source adds nothing and a second source does. A score bears nothing out: with scores alone it is 0.
 */
export const confidenceOf = ({ heard }: Pick<Summary, 'heard'>): number => {
  const voices = new Map<Source, number>();
  for (const [source, confidence] of Object.entries(heard) as [Source, number][]) {
    const voice = voiceOf(source);
    if (voice) voices.set(voice, Math.max(voices.get(voice) ?? 0, confidence));
  }
  const doubt = [...voices.values()].sort().reduce((left, confidence) => left * (1 - confidence), 1);
  return Number((1 - doubt).toFixed(4));
};
