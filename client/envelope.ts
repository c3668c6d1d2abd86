/** A CloudEvents 1.0 envelope in JSON form, as a producer puts it in `detail`. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time?: string;
  readonly data: Record<string, unknown>;
}

interface Saying {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** Milliseconds since the epoch; without it the bus's own time stands. */
  readonly at?: number | undefined;
  readonly data: Record<string, unknown>;
}

export const envelope = ({ id, source, type, at, data }: Saying): CloudEvent => ({
  specversion: '1.0',
  id,
  source,
  type,
  ...(at === undefined ? {} : { time: new Date(at).toISOString() }),
  data,
});
