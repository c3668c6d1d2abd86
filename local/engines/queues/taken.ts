import { handleOf, type Message, md5, systemAttributes } from './message.ts';

/** A message as a poller inside this process sees it. */
export interface TakenMessage {
  readonly id: string;
  /** Which receive this is. */
  readonly count: number;
  readonly receiptHandle: string;
  readonly body: string;
  /** Computed when it is asked for. */
  readonly md5OfBody: string;
  readonly attributes: Record<string, string>;
  readonly messageAttributes: Readonly<Record<string, unknown>>;
}

const NONE: Readonly<Record<string, unknown>> = Object.freeze({});

/** What was received, as it was then: the message itself may be received again meanwhile. */
export class Taken implements TakenMessage {
  readonly id: string;
  readonly count: number;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Record<string, string>;
  readonly messageAttributes: Readonly<Record<string, unknown>>;

  constructor(message: Message, account: string) {
    this.id = message.id;
    this.count = message.count;
    this.receiptHandle = handleOf(message);
    this.body = message.body;
    this.attributes = systemAttributes(message, account);
    this.messageAttributes = message.attributes ?? NONE;
  }

  get md5OfBody(): string {
    return md5(this.body);
  }
}
