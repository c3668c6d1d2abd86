import type { Channel } from '../contracts/vocabulary.ts';

/** What a live channel is for. Which kinds of journal entries it tells is decided in functions/publish/channels-of.ts. */
export interface ChannelSpec {
  readonly tells: string;
  /** What depends on more than the kind of an entry. */
  readonly also: readonly string[];
}

export const channels: Readonly<Record<Channel, ChannelSpec>> = {
  events: {
    tells: 'What came in and what became of it: events fused, dropped and refused, incidents, matches, units.',
    also: ['event.fused of a unit’s or subsystem’s own word is not told; what it changed is, as resource.updated.'],
  },
  'workflow-status': {
    tells: 'Runs from their start to their end, with their steps, what subsystems are asked, and approvals.',
    also: [],
  },
  alerts: {
    tells: 'What somebody should look at now: failures, refusals, questions that wait, and what was held or not undone.',
    also: [
      'guardrail.decided is told where the verdict is refuse, ask or alert.',
      'workflow.started is told where the workflow is a CRITICAL one.',
    ],
  },
};
