import type { Ground, Invoke } from '../../kernel/engine.ts';
import type { Queues } from '../queues/queues.ts';
import type { Checkpoints } from './checkpoints.ts';
import { discardBody } from './discard.ts';
import { isQueue, type Mapping } from './mapping.ts';
import { createQueuePoller, type Poller } from './queue-mapping.ts';
import { StreamPoller, type Streams } from './stream-mapping.ts';

export interface PollerDeps {
  readonly queues: Pick<Queues, 'take' | 'settle' | 'onVisible' | 'counts' | 'send'>;
  readonly streams: Streams;
  readonly checkpoints: Checkpoints;
  readonly invoke: Invoke;
  readonly timeoutMs: (functionName: string) => number;
  readonly ended: () => void;
}

const HANDOVER_MS = 100;

/** The poller of one event source mapping. */
const pollerOf = (mapping: Mapping, ground: Ground, deps: PollerDeps): Poller => {
  const { queues, streams, checkpoints, invoke, ended } = deps;
  if (isQueue(mapping)) {
    const timeoutMs = (): number => deps.timeoutMs(mapping.functionName);
    return createQueuePoller(mapping, ground, { queues, invoke, ended, timeoutMs });
  }
  return new StreamPoller(mapping, ground.scheduler, {
    streams,
    invoke,
    ended,
    fault: () => ground.faults?.delivery(mapping.sourceArn),
    checkpoint: () => checkpoints.of(mapping),
    advance: (to) => checkpoints.advance(mapping, to),
    discard: (batch, tries, outcome) => {
      if (mapping.onFailureArn) queues.send(mapping.onFailureArn, discardBody(mapping, batch, tries, outcome, ground));
    },
  });
};

/** The pollers of all mappings that are switched on. */
export const createPollers = (ground: Ground, deps: PollerDeps) => {
  const running = new Map<string, Poller>();
  const leaving = new Set<Poller>();
  const latest = new Map<string, Mapping>();

  const start = (mapping: Mapping): void => {
    const poller = pollerOf(mapping, ground, deps);
    running.set(mapping.id, poller);
    poller.start();
  };

  /** A new poller begins when the old one has nothing in hand, unless the mapping changed once more. */
  const takeOver = (mapping: Mapping, old: Poller | undefined): void => {
    if (old && !old.idle()) {
      ground.scheduler.after(HANDOVER_MS, () => takeOver(mapping, old));
      return;
    }
    if (old) leaving.delete(old);
    if (latest.get(mapping.id) === mapping && mapping.enabled) start(mapping);
  };

  return {
    /** Starts, stops or changes the poller of a mapping. */
    set: (mapping: Mapping): void => {
      latest.set(mapping.id, mapping);
      const old = running.get(mapping.id);
      running.delete(mapping.id);
      old?.stop();
      if (old) leaving.add(old);
      takeOver(mapping, old);
    },
    idle: (): boolean => [...running.values(), ...leaving].every((poller) => poller.idle()),
  };
};

export type Pollers = ReturnType<typeof createPollers>;
