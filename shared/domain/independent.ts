import type { Source } from '../contracts/vocabulary.ts';

/** Sources whose word is a judgement of a machine: a score may raise a severity. It starts nothing and bears nothing out. */
export const AI_SOURCES: readonly Source[] = ['ai_sentinel', 'ai_personas', 'predictive_intel', 'human_stability', 'moral_compass'];

const scores = new Set<Source>(AI_SOURCES);

/** What is told by the same caller through two doors: one 911 call reaches the dispatcher and CAD alike. */
const SAME_VOICE: Readonly<Partial<Record<Source, Source>>> = { dispatch: 'cad_system' };

/** Who speaks through a source: itself, or whom it shares its callers with; undefined where it is a score. */
export const voiceOf = (source: Source): Source | undefined => (scores.has(source) ? undefined : (SAME_VOICE[source] ?? source));

/** How many sources of an incident do not depend on each other: an AI source counts for none, and CAD and dispatch for one. */
export const independentSources = (sources: readonly Source[]): number =>
  new Set(sources.map(voiceOf).filter((voice) => voice !== undefined)).size;
