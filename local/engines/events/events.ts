import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground, Serve } from '../../kernel/engine.ts';
import type { Durable } from '../../kernel/log.ts';
import { type DeliverDeps, delivering } from './deliver.ts';
import { describing } from './describe.ts';
import { checkEntry, type Entry, type EntryFault, entriesOf, isFault, sizeOf, timeOf } from './entry.ts';
import { wholeSeconds } from './event.ts';
import { busNameOf, createRuleSet, type RuleProperties, type RuleSet, ruleOf } from './rules.ts';
import { testEventPattern } from './test-event-pattern.ts';

export type { RuleProperties } from './rules.ts';

export interface EventsDeps extends DeliverDeps {
  /** Why `principalArn` may not put this entry on this bus; undefined where it may. */
  allow: (principalArn: string, busName: string, entry: { Source: string; DetailType: string; Detail: string }) => string | undefined;
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
  defineBus(properties: { Name: string }): void;
  defineRule(properties: RuleProperties): void;
  /** Calls of the account's own administrator. */
  serve: Serve;
  /** Calls of one principal; PutEvents asks `allow` about each entry. */
  serveAs(principalArn: string): Serve;
  /** An event of an AWS service on the default bus, delivered in this very turn. */
  publishDefault(event: ServiceEvent): void;
}

const faultOf = (ErrorCode: string, ErrorMessage: string): EntryFault => ({ ErrorCode, ErrorMessage });

/** The EventBridge of the local run. What a put changes (all queues of all matching rules) changes in one turn. */
export const createEvents = (ground: Ground, deps: EventsDeps): Events => {
  const { scheduler, log, region, account, meter } = ground;
  const buses = new Map<string, RuleSet>([['default', createRuleSet()]]);

  const deliver = delivering(deps, ground);

  const put = (principal: string, entry: Entry): { EventId: string } | EntryFault => {
    const checked = checkEntry(entry);
    if (isFault(checked)) return checked;
    const { source, detailType, detail, detailText } = checked;
    const bus = busNameOf(entry.EventBusName as string | undefined);
    const rules = buses.get(bus);
    if (!rules) return faultOf('InvalidArgument', `Event bus ${bus} does not exist.`);
    const refusal = deps.allow(principal, bus, { Source: source, DetailType: detailType, Detail: detailText });
    if (refusal !== undefined) return faultOf('NotAuthorizedForSourceException', refusal);
    const time = timeOf(entry.Time, scheduler.now());
    if (time === undefined) return faultOf('InvalidArgument', 'Parameter Time is not valid.');
    const resources = Array.isArray(entry.Resources) ? entry.Resources.map(String) : [];
    const head = { version: '0' as const, id: scheduler.uuid(), 'detail-type': detailType, source, account };
    deliver(rules, { ...head, time: wholeSeconds(time), region, resources, detail }, detailText);
    meter('events', 'custom events', Math.ceil(sizeOf(entry) / 65_536));
    return { EventId: head.id };
  };

  const describe = describing(buses, region, account);
  const serveAs =
    (principal: string): Serve =>
    async (operation, input) => {
      if (operation === 'PutEvents') {
        const entries = entriesOf(input).map((entry) => put(principal, entry));
        await log.settled();
        return { FailedEntryCount: entries.filter((entry) => 'ErrorCode' in entry).length, Entries: entries };
      }
      if (operation === 'TestEventPattern') return { Result: testEventPattern(String(input.EventPattern), String(input.Event)) };
      const run = Object.hasOwn(describe, operation) ? describe[operation] : undefined;
      if (!run) throw new AwsError('UnknownOperationException', `The local EventBridge does not serve ${operation}.`);
      return run(input);
    };

  return {
    name: 'events',
    defineBus: ({ Name }) => {
      if (!buses.has(Name)) buses.set(Name, createRuleSet());
    },
    defineRule: (properties) => {
      const rule = ruleOf(properties, region, account);
      const rules = buses.get(rule.bus);
      if (!rules) throw new Error(`Rule ${rule.name} belongs to the event bus ${rule.bus}, which the template does not define.`);
      rules.set(rule);
    },
    serve: serveAs(`arn:aws:iam::${account}:root`),
    serveAs,
    publishDefault: ({ source, 'detail-type': detailType, resources = [], detail, time = scheduler.now() }) => {
      const head = { version: '0' as const, id: scheduler.uuid(), 'detail-type': detailType, source, account };
      const rules = buses.get('default') as RuleSet;
      deliver(rules, { ...head, time: wholeSeconds(time), region, resources, detail }, JSON.stringify(detail));
    },
    // Nothing lies on a bus: what it accepted is in queues and pending invocations, which remember it themselves.
    replay: () => {},
    snapshot: () => [],
    resume: () => {},
  };
};
