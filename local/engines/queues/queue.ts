import type { Scheduler } from '../../kernel/scheduler.ts';
import type { QueueDefinition } from './definition.ts';
import { createLine } from './line.ts';
import type { Message } from './message.ts';

/** The state of one queue. Every operation costs the messages it names, never the messages that lie there. */
export class Queue {
  private readonly known = new Map<string, Message>();
  private readonly line = createLine<Message>();
  private readonly sum = { visible: 0, 'in-flight': 0, delayed: 0 };
  private live = false;

  constructor(
    public definition: QueueDefinition,
    private readonly scheduler: Scheduler,
    /** Told whenever a message became visible. */
    private readonly visible: (queue: Queue) => void,
  ) {}

  get messages(): ReadonlyMap<string, Message> {
    return this.known;
  }

  counts(): { visible: number; inFlight: number; delayed: number } {
    return { visible: this.sum.visible, inFlight: this.sum['in-flight'], delayed: this.sum.delayed };
  }

  add(message: Message): void {
    this.known.set(message.id, message);
    this.sum[message.state] += 1;
    if (message.state === 'visible') this.queueUp(message);
    else this.arm(message);
  }

  remove(id: string): Message | undefined {
    const message = this.known.get(id);
    if (!message) return undefined;
    message.cancel?.();
    this.sum[message.state] -= 1;
    this.known.delete(id);
    return message;
  }

  /** The next visible message, still counted as visible; places in the line of messages that are gone are skipped. */
  next(): Message | undefined {
    for (let message = this.line.shift(); message; message = this.line.shift()) {
      if (message.state === 'visible' && this.known.get(message.id) === message) return message;
    }
    return undefined;
  }

  /** Notes a receive. */
  received(message: Message, at: number, visibleAt: number): void {
    this.become(message, 'in-flight');
    message.count += 1;
    message.firstReceivedAt ??= at;
    message.visibleAt = visibleAt;
    this.arm(message);
  }

  /** Makes an in-flight or delayed message visible at a later time, or now. */
  showAt(message: Message, at: number): void {
    message.visibleAt = at;
    if (at <= this.scheduler.now()) this.show(message);
    else this.arm(message);
  }

  purge(): void {
    for (const message of this.known.values()) message.cancel?.();
    this.known.clear();
    this.line.clear();
    Object.assign(this.sum, { visible: 0, 'in-flight': 0, delayed: 0 });
  }

  /** Ends replay: what was in flight is visible, what is delayed gets its timer. */
  wakeUp(): void {
    this.live = true;
    this.line.clear();
    for (const message of this.known.values()) {
      if (message.state === 'delayed') this.arm(message);
      else this.show(message);
    }
  }

  private become(message: Message, state: Message['state']): void {
    this.sum[message.state] -= 1;
    this.sum[state] += 1;
    message.state = state;
    message.cancel?.();
    message.cancel = undefined;
  }

  private show(message: Message): void {
    this.become(message, 'visible');
    this.queueUp(message);
  }

  private queueUp(message: Message): void {
    this.line.push(message);
    if (this.live) this.visible(this);
  }

  private arm(message: Message): void {
    message.cancel?.();
    const wait = Math.max(0, message.visibleAt - this.scheduler.now());
    message.cancel = this.live ? this.scheduler.after(wait, () => this.show(message)) : undefined;
  }
}
