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
  /** Present where an archive is replayed. */
  readonly 'replay-name'?: string;
  readonly detail: object;
}

/** What of an event its producer says. Milliseconds since the epoch. */
export interface Said {
  readonly source: string;
  readonly detailType: string;
  readonly detail: object;
  readonly resources: readonly string[];
  readonly time: number;
}

export interface Place {
  readonly region: string;
  readonly account: string;
}

/** Written out: spreading an object here was a sixth of an event's whole way through the bus. */
export const eventOf = (id: string, { source, detailType, detail, resources, time }: Said, { region, account }: Place): BusEvent => ({
  version: '0',
  id,
  'detail-type': detailType,
  source,
  account,
  time: wholeSeconds(time),
  region,
  resources,
  detail,
});

let lastSecond = Number.NaN;
let lastText = '';

/** Most events of a second come together: its text is made once. */
export const wholeSeconds = (ms: number): string => {
  const second = Math.floor(ms / 1000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastText = `${new Date(second * 1000).toISOString().slice(0, -5)}Z`;
  }
  return lastText;
};

/** The event's JSON with `detail` exactly as its producer wrote it, so that numbers keep their form. */
export const textOf = (event: BusEvent, detailText: string): string => {
  const { id, source, account, time, region, resources } = event;
  const replay = event['replay-name'] === undefined ? '' : `"replay-name":${JSON.stringify(event['replay-name'])},`;
  const from = resources.length === 0 ? '[]' : JSON.stringify(resources);
  return `{"version":"0","id":"${id}","detail-type":${JSON.stringify(event['detail-type'])},"source":${JSON.stringify(source)},"account":"${account}","time":"${time}","region":"${region}","resources":${from},${replay}"detail":${detailText}}`;
};

/** `detail` as it stands in an event's text: nothing before it can hold this mark unescaped. */
export const detailTextIn = (text: string): string => text.slice(text.indexOf(',"detail":') + ',"detail":'.length, -1);
