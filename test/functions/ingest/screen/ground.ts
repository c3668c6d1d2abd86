import type { Normal } from '../../../../functions/ingest/delivery.ts';
import { delayTo } from '../../../../functions/ingest/screen/later.ts';
import { screen } from '../../../../functions/ingest/screen/screen.ts';
import type { Judged } from '../../../../functions/ingest/screen/screened.ts';
import type { NormalizedEvent } from '../../../../shared/contracts/event.ts';
import { eventKey } from '../../../../shared/contracts/event.ts';
import type { Priority, Source } from '../../../../shared/contracts/vocabulary.ts';
import type { Delivery } from '../../../../shared/lambda/doors.ts';
import { iso } from '../../../../shared/lambda/ids.ts';
import { type SourceSpec, sources } from '../../../../shared/sources/index.ts';
import { rooms } from '../../../support/rooms.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:swoe-dev-ingest';

interface Said extends Partial<NormalizedEvent> {
  id: string;
}

interface Received {
  /** Which receive of its message this is. */
  count?: number;
  /** When it may pass (ms), for one that comes back. */
  turn?: number;
}

const deliveryOf = (key: string, event: NormalizedEvent, { count = 1, turn }: Received): Delivery => {
  const raw = { id: `bus ${key}`, 'detail-type': event.type, source: event.source, time: event.receivedAt, detail: {} };
  return {
    raw,
    record: {
      messageId: `m ${key}`,
      receiptHandle: 'r',
      body: JSON.stringify(raw),
      attributes: { ApproximateReceiveCount: String(count), SentTimestamp: '0', SenderId: 's', ApproximateFirstReceiveTimestamp: '0' },
      messageAttributes: turn === undefined ? {} : { turn: { stringValue: String(turn), dataType: 'Number' } },
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: QUEUE,
      awsRegion: 'us-east-1',
    },
  };
};

/** An event as `normalise` gives it: a camera's word of LOW priority, unless said otherwise. */
export const normal = (said: Said, received: Received = {}): Normal => {
  const event: NormalizedEvent = {
    source: 'cctv_network',
    type: 'camera.motion',
    category: 'SENSOR',
    priority: 'LOW',
    occurredAt: '2026-11-22T17:00:00.000Z',
    receivedAt: '2026-11-22T17:00:00.000Z',
    entities: [],
    threatLevel: 0,
    confidence: 0.7,
    summary: '',
    agency: 'pbpd',
    data: {},
    flags: [],
    ...said,
  };
  const key = eventKey(event);
  return { key, event, delivery: deliveryOf(key, event, received) };
};

/** The registry with one source's promise changed. */
export const specsWith = (source: Source, more: Partial<SourceSpec>): Record<Source, SourceSpec> => ({
  ...sources,
  [source]: { ...sources[source], ...more },
});

/** A screen on the real local DynamoDB engine and a clock that the test moves. */
export const gate = (more: Partial<SourceSpec> = {}, source: Source = 'cctv_network') => {
  const ground = rooms();
  let at = Date.UTC(2026, 10, 22, 17);
  const clock = { now: () => at };
  const { log } = ground.runtime;
  const deps = { sources: ground.stores.sources, specs: specsWith(source, more), clock, log };
  return {
    ...ground,
    deps,
    /** Another instance of the room beside the first. */
    another: () => screen(deps),
    screen: screen(deps),
    now: () => at,
    pass: (ms: number) => {
      at += ms;
    },
  };
};

export type Gate = ReturnType<typeof gate>;

export interface Arrival {
  /** Ms after the one before. */
  after: number;
  priorities: Priority[];
}

export interface Watched {
  /** Times of passing, by event, in order. */
  passed: { at: number; normal: Normal }[];
  shed: Judged['shed'];
  /** The most that waited at once. */
  most: number;
  /** Every batch as it was judged. */
  batches: { normals: Normal[]; screened: Judged }[];
}

/** Plays arrivals through a gate with a queue behind it that gives every delayed message back exactly when its delay is over. */
export const play = async (ground: Gate, arrivals: readonly Arrival[]): Promise<Watched> => {
  const watched: Watched = { passed: [], shed: [], most: 0, batches: [] };
  let waiting: { due: number; turn: number; event: NormalizedEvent }[] = [];
  let n = 0;
  const judge = async (normals: Normal[]): Promise<void> => {
    const screened = await ground.screen(normals);
    watched.batches.push({ normals, screened });
    watched.passed.push(...screened.pass.map((one) => ({ at: ground.now(), normal: one })));
    watched.shed.push(...screened.shed);
    for (const {
      normal: { event },
      turn,
    } of screened.later)
      waiting.push({ due: ground.now() + delayTo(turn, ground.now()) * 1000, turn, event });
    watched.most = Math.max(watched.most, waiting.filter(({ turn }) => turn > ground.now()).length);
  };
  const giveBack = async (until: number): Promise<void> => {
    while (waiting.some(({ due }) => due <= until)) {
      const due = Math.min(...waiting.map((one) => one.due));
      const back = waiting.filter((one) => one.due === due);
      waiting = waiting.filter((one) => one.due !== due);
      ground.pass(due - ground.now());
      await judge(back.map(({ event, turn }) => normal(event, { turn })));
    }
    if (Number.isFinite(until)) ground.pass(until - ground.now());
  };
  for (const { after, priorities } of arrivals) {
    await giveBack(ground.now() + after);
    await judge(
      priorities.map((priority) => {
        n += 1;
        return normal({ id: `e${n}`, priority, occurredAt: iso(ground.now()) });
      }),
    );
  }
  await giveBack(Number.POSITIVE_INFINITY);
  return watched;
};
