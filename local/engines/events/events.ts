import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground, Serve } from '../../kernel/engine.ts';
import type { Durable } from '../../kernel/log.ts';
import { type ArchiveProperties, tidy } from './archives.ts';
import type { Bus, BusProperties, Statement } from './buses.ts';
import type { DeliverDeps } from './deliver.ts';
import { entriesOf } from './entry.ts';
import { eventOf } from './event.ts';
import { archiveOperations } from './operations/archives.ts';
import { busOperations } from './operations/buses.ts';
import type { Desk, Operations } from './operations/operation.ts';
import { replayOperations } from './operations/replays.ts';
import { ruleOperations } from './operations/rules.ts';
import { createPublisher } from './publish.ts';
import { type Allow, putting } from './put-events.ts';
import type { EventsRecord } from './records.ts';
import { createReplays } from './replays.ts';
import { createRuleClock } from './rule-clock.ts';
import { busNameOf, type RuleProperties } from './rules.ts';
import { createState } from './state.ts';
import { testEventPattern } from './test-event-pattern.ts';

export type { ArchiveProperties } from './archives.ts';
export type { BusProperties, Statement } from './buses.ts';
export type { RuleProperties } from './rules.ts';

export interface EventsDeps extends DeliverDeps {
  readonly allow?: Allow | undefined;
  /** Throws where the port could not judge by this policy. */
  readonly checkPolicy?: ((policy: string) => void) | undefined;
}

interface ServiceEvent {
  source: string;
  'detail-type': string;
  resources?: string[];
  detail: object;
  /** Milliseconds since the epoch. */
  time?: number;
}

export interface Events extends Durable {
  defineBus(properties: BusProperties): void;
  /** One statement of a bus's policy, from the template: what `DescribeEventBus` tells and PutPermission changes. The port enforces it. */
  definePolicy(busName: string, statement: Statement): void;
  defineRule(properties: RuleProperties): void;
  defineArchive(properties: ArchiveProperties): void;
  /** The whole policy of a bus once a call changed it; undefined where the template's stands. The same text as long as nothing changes. */
  policyOf(busArn: string): string | undefined;
  /** Calls of the account's own administrator. */
  serve: Serve;
  /** Calls of one principal; PutEvents asks `allow` about each entry. */
  serveAs(principalArn: string): Serve;
  /** An event of an AWS service on the default bus, delivered in this very turn. */
  publishDefault(event: ServiceEvent): void;
}

const operationsAt = (desk: Desk): Operations => ({
  ...busOperations(desk),
  ...ruleOperations(desk),
  ...archiveOperations(desk),
  ...replayOperations(desk),
});

/** The EventBridge of the local run. What a put changes (all queues of all matching rules) changes in one turn. */
export const createEvents = (ground: Ground, deps: EventsDeps): Events => {
  const { scheduler, log, account } = ground;
  const state = createState(ground);
  const publisher = createPublisher(ground, deps, state);
  const clock = createRuleClock(ground, state, () => publisher);
  const replays = createReplays(ground, {
    read: (archiveArn, from, to) => {
      const archive = [...state.archives.values()].find(({ arn }) => arn === archiveArn);
      if (archive) tidy(archive, scheduler.now());
      return archive?.store.between(from, to);
    },
    publish: publisher.replayed,
  });
  const put = putting(ground, state, publisher, deps.allow);
  const served = operationsAt({ ground, state, replays, clock, checkPolicy: deps.checkPolicy ?? (() => {}) });

  const serveAs =
    (principal: string): Serve =>
    async (operation, input) => {
      if (operation === 'PutEvents') {
        const entries = entriesOf(input).map((entry) => put(principal, entry));
        await log.settled();
        return { FailedEntryCount: entries.filter((entry) => 'ErrorCode' in entry).length, Entries: entries };
      }
      if (operation === 'TestEventPattern') return { Result: testEventPattern(String(input['EventPattern']), String(input['Event'])) };
      const run = Object.hasOwn(served, operation) ? served[operation] : undefined;
      if (!run) throw new AwsError('UnknownOperationException', `The local EventBridge does not serve ${operation}.`);
      const answer = run(input);
      await log.settled();
      return answer;
    };

  return {
    name: 'events',
    defineBus: state.defineBus,
    definePolicy: state.definePolicy,
    defineRule: (properties) => {
      if (!state.buses.has(busNameOf(properties.EventBusName)))
        throw new Error(`Rule ${properties.Name} belongs to the event bus ${properties.EventBusName}, which the template does not define.`);
      state.defineRule(properties);
    },
    defineArchive: (properties) => {
      if (!state.buses.has(busNameOf(properties.SourceArn)))
        throw new Error(`Archive ${properties.ArchiveName} belongs to ${properties.SourceArn}, which the template does not define.`);
      state.defineArchive(properties);
    },
    policyOf: (busArn) => state.livePolicies.get(busArn),
    serve: serveAs(`arn:aws:iam::${account}:root`),
    serveAs,
    publishDefault: ({ source, 'detail-type': detailType, resources = [], detail, time = scheduler.now() }) => {
      const event = eventOf(scheduler.uuid(), { source, detailType, detail, resources, time }, ground);
      publisher.onBus(state.buses.get('default') as Bus, event, JSON.stringify(detail));
    },
    replay: (given) => {
      const record = given as EventsRecord;
      if (record.op === 'pending' || record.op === 'settled') publisher.pending.apply(record);
      else if (record.op === 'replay') replays.apply(record.replay);
      else state.apply(record);
    },
    snapshot: (): EventsRecord[] => [
      ...state.snapshot(),
      ...Array.from(publisher.pending.all(), (delivery): EventsRecord => ({ op: 'pending', delivery })),
      ...replays.all().map((replay): EventsRecord => ({ op: 'replay', replay })),
    ],
    resume: () => {
      clock.open();
      publisher.pending.resume();
      replays.resume();
    },
  };
};
