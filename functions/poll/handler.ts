import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { eventBridge } from '../../shared/lambda/clients.ts';
import { lazily, setting } from '../../shared/lambda/doors.ts';
import { overTheNetwork } from '../../shared/lambda/fetch.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { feedsOf } from './feeds.ts';
import { poll } from './poll.ts';
import type { Put } from './put.ts';

/** Puts a feed's features under its source's name, each as it came: what it means is for ingest to say. */
const putting = (runtime: Runtime): Put => {
  const client = eventBridge(runtime);
  const bus = setting(runtime, 'BUS_NAME');
  return async ({ source, detailType }, news) => {
    const entries = news.map(({ text }) => ({ EventBusName: bus, Source: source, DetailType: detailType, Detail: text }));
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: entries }));
    return news.filter((_, index) => Entries[index]?.EventId === undefined);
  };
};

/** The door of `poll`: the schedule's minute. What it does with an answer stands in poll.ts. */
export const create = (runtime: Runtime) =>
  poll({
    feeds: feedsOf({ nws: runtime.env['NWS_URL'], usgs: runtime.env['USGS_URL'] }),
    fetch: runtime.fetch ?? overTheNetwork,
    put: putting(runtime),
    userAgent: setting(runtime, 'USER_AGENT'),
    log: runtime.log,
  });

export const handler = lazily(create);
