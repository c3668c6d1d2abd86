/** An event as rules see it and targets receive it. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, whole seconds, as EventBridge writes it. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: object;
}

export const wholeSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, -5)}Z`;

/** The event's JSON with `detail` exactly as its producer wrote it, so that numbers keep their form. */
export const textOf = ({ detail: _, ...head }: BusEvent, detailText: string): string =>
  `${JSON.stringify(head).slice(0, -1)},"detail":${detailText}}`;
