import type { JournalEntry } from '../../shared/contracts/journal.ts';
import { type Topic, topics } from '../../shared/contracts/topic.ts';
import { Channel } from '../../shared/contracts/vocabulary.ts';
import { workflowNamed } from '../../workflows/index.ts';

type Told = Pick<JournalEntry, 'kind' | 'data'>;

const VERDICTS: Partial<Record<Topic, readonly unknown[]>> = { 'policy-violation': ['refuse'], 'guardrail-trigger': ['ask', 'alert'] };

const isCritical = (workflow: unknown): boolean => workflowNamed(String(workflow))?.priority === 'CRITICAL';

/** What it takes beyond the kind. A CRITICAL response that begins is an alert in itself: whoever watches only the alerts must see it. */
const tells = (topic: Topic, { kind, data }: Told): boolean => {
  if (kind === 'guardrail.decided') return VERDICTS[topic]?.includes(data['verdict']) ?? false;
  if (topic === 'critical-response') return isCritical(data['workflow']);
  // A unit's or subsystem's own word, and a correction, is told as what it changed, not as an event.
  return topic !== 'fused-event' || data['into'] === undefined || kind !== 'event.fused';
};

/** The topic under which a channel tells an entry; undefined where it does not. */
export const topicOn = (channel: Channel, entry: Told): Topic | undefined =>
  topics[channel].find(({ topic, kinds }) => kinds.includes(entry.kind) && tells(topic, entry))?.topic;

/** The channels an entry is told on, as the customer lists them; none for what only the audit needs. */
export const channelsOf = (entry: Told): Channel[] => Channel.options.filter((channel) => topicOn(channel, entry) !== undefined);
