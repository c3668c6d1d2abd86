import type { Ground, Invoke } from '../../kernel/engine.ts';
import type { Queues } from '../queues/queues.ts';
import type { Checkpoints } from './checkpoints.ts';
import { isQueue, type Mapping } from './definition.ts';
import { discardBody } from './discard.ts';
import { createQueuePoller, type Poller } from './queue-mapping.ts';
import { StreamPoller, type Streams } from './stream-mapping.ts';

export interface PollerDeps {
  readonly queues: Pick<Queues, 'take' | 'settle' | 'onVisible' | 'counts' | 'send'>;
  readonly streams: Streams;
  readonly checkpoints: Checkpoints;
  readonly invoke: Invoke;
  readonly ended: () => void;
}

/** The poller of one event source mapping. */
export const pollerOf = (mapping: Mapping, ground: Ground, { queues, streams, checkpoints, invoke, ended }: PollerDeps): Poller => {
  if (isQueue(mapping)) return createQueuePoller(mapping, ground, { queues, invoke, ended });
  return new StreamPoller(mapping, ground.scheduler, {
    streams,
    invoke,
    ended,
    checkpoint: () => checkpoints.of(mapping),
    advance: (to) => checkpoints.advance(mapping, to),
    discard: (batch, tries, outcome) => {
      if (mapping.onFailureArn) queues.send(mapping.onFailureArn, discardBody(mapping, batch, tries, outcome, ground));
    },
  });
};
