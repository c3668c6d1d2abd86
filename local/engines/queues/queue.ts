import type { Scheduler } from '../../kernel/scheduler.ts';
import { createDeadlines } from './deadlines.ts';
import { createDeduplication } from './deduplication.ts';
import type { QueueDefinition } from './definition.ts';
import { createFifoOrder } from './fifo-order.ts';
import type { Message } from './message.ts';
import { createStandardOrder, type Order } from './order.ts';

/** Retention is looked after at most this often; a receive looks at its message itself. */
const SWEEP_MS = 60_000;

export interface QueueEvents {
  /** A message can be received. */
  visible(queue: Queue): void;
  /** Receives of these messages are over, and they were not deleted. */
  released(queue: Queue, ids: string[]): void;
}

/** The state of one queue. Every operation costs the messages it names, never the messages that lie there. */
export class Queue {
  readonly deduplication = createDeduplication();
  /** The last sequence number of a FIFO queue. */
  sequence = 0;
  private readonly known = new Map<string, Message>();
  private readonly order: Order;
  private readonly invisible = createDeadlines<Message>();
  private readonly sum = { visible: 0, 'in-flight': 0, delayed: 0, gone: 0 };
  private live = false;
  private armedFor: number | undefined;
  private disarm: () => void = () => {};
  /** No message expires before. */
  private sweepAt = Number.POSITIVE_INFINITY;

  constructor(
    public definition: QueueDefinition,
    private readonly scheduler: Scheduler,
    private readonly told: QueueEvents,
  ) {
    this.order = definition.fifo ? createFifoOrder() : createStandardOrder();
  }

  get messages(): ReadonlyMap<string, Message> {
    return this.known;
  }

  counts(): { visible: number; inFlight: number; delayed: number } {
    this.sweep();
    return { visible: this.sum.visible, inFlight: this.sum['in-flight'], delayed: this.sum.delayed };
  }

  add(message: Message): void {
    this.known.set(message.id, message);
    this.sum[message.state] += 1;
    this.sweepAt = Math.min(this.sweepAt, message.sentAt + this.definition.retentionMs);
    this.order.added(message);
    if (message.state !== 'visible') this.hide(message);
    else if (this.order.shown(message, 'delayed')) this.tell();
  }

  remove(id: string): Message | undefined {
    const message = this.known.get(id);
    if (!message) return undefined;
    this.known.delete(id);
    const was = this.become(message, 'gone');
    if (was !== 'visible') this.invisible.remove(message.visibleAt, message);
    if (this.order.removed(message, was)) this.tell();
    return message;
  }

  /** Gives up to as many visible messages as are asked for, one by one; each must be received, removed or hidden before the next. */
  *receivable(): Generator<Message> {
    this.sweep();
    this.order.begin();
    for (let message = this.order.next(); message; message = this.order.next()) yield message;
  }

  /** Notes a receive. */
  received(message: Message, at: number, visibleAt: number): void {
    const was = this.become(message, 'in-flight');
    // In a replayed log a message may be received again while its last receive still stands: the machine died over that one.
    if (was !== 'visible') this.invisible.remove(message.visibleAt, message);
    if (was !== 'in-flight') this.order.received(message);
    if (message.held) message.cutOff += 1;
    message.held = true;
    message.count += 1;
    message.firstReceivedAt ??= at;
    message.visibleAt = visibleAt;
    this.hide(message);
  }

  /** The receives that are going on of these are over: they failed. */
  release(messages: readonly Message[]): void {
    const held = messages.filter((message) => message.held);
    for (const message of held) message.held = false;
    if (held.length > 0)
      this.told.released(
        this,
        held.map(({ id }) => id),
      );
  }

  /** Makes a message visible at a later time, or now. */
  showAt(message: Message, at: number): void {
    if (message.state === 'visible') this.become(message, 'delayed');
    else this.invisible.remove(message.visibleAt, message);
    message.visibleAt = at;
    if (at <= this.scheduler.now()) {
      this.release([message]);
      this.show(message);
    } else this.hide(message);
  }

  purge(): void {
    for (const message of this.known.values()) message.state = 'gone';
    this.known.clear();
    this.order.clear();
    this.invisible.clear();
    Object.assign(this.sum, { visible: 0, 'in-flight': 0, delayed: 0 });
  }

  /** Ends replay: what was in flight is visible, in the order in which it came, and its receive was cut off; what is delayed gets its timer. */
  wakeUp(): void {
    const now = this.scheduler.now();
    this.order.clear();
    this.invisible.clear();
    for (const message of this.known.values()) {
      this.order.added(message);
      if (message.held) message.cutOff += 1;
      message.held = false;
      const waits = message.state === 'delayed' && message.visibleAt > now;
      if (waits) this.invisible.add(message.visibleAt, message);
      else {
        this.become(message, 'visible');
        this.order.shown(message, 'delayed');
      }
    }
    this.live = true;
    this.arm();
    if (this.sum.visible > 0) this.tell();
  }

  /** Drops what is older than the retention period. No record says so: a restart sees the same clock. */
  sweep(): void {
    const now = this.scheduler.now();
    if (now < this.sweepAt) return;
    let next = Number.POSITIVE_INFINITY;
    for (const message of this.known.values()) {
      const expiry = message.sentAt + this.definition.retentionMs;
      if (expiry <= now) this.remove(message.id);
      else next = Math.min(next, expiry);
    }
    this.sweepAt = Math.max(next, now + SWEEP_MS);
  }

  /** Another retention period may end earlier for what is here. */
  redefine(definition: QueueDefinition): void {
    this.definition = definition;
    this.sweepAt = this.scheduler.now();
  }

  private become(message: Message, state: Message['state']): Message['state'] {
    const was = message.state;
    this.sum[was] -= 1;
    this.sum[state] += 1;
    message.state = state;
    return was;
  }

  private show(message: Message): void {
    const was = this.become(message, 'visible');
    if (this.order.shown(message, was)) this.tell();
  }

  private hide(message: Message): void {
    this.invisible.add(message.visibleAt, message);
    if (this.live && (this.armedFor === undefined || message.visibleAt < this.armedFor)) this.arm();
  }

  private tell(): void {
    if (this.live) this.told.visible(this);
  }

  /** One timer for the whole queue. */
  private arm(): void {
    this.disarm();
    this.armedFor = this.invisible.next();
    if (this.armedFor === undefined) return;
    this.disarm = this.scheduler.after(Math.max(0, this.armedFor - this.scheduler.now()), () => {
      const due = this.invisible.due(this.scheduler.now());
      this.release(due);
      for (const message of due) this.show(message);
      this.arm();
    });
  }
}
