import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground } from '../../kernel/engine.ts';
import { type Archive, type ArchiveProperties, archiveOf, packedOf, tidy } from './archives.ts';
import { type Bus, type BusProperties, createBus, policyText, type Statement } from './buses.ts';
import type { EventsRecord } from './records.ts';
import { busNameOf, type Rule, type RuleProperties, ruleOf } from './rules.ts';

type Tags = Readonly<Record<string, string>>;
type StateRecord = Exclude<EventsRecord, { op: 'pending' | 'settled' | 'replay' }>;

/** Buses, rules, policies, archives and tags: what calls change and the log keeps. */
export interface State {
  readonly buses: ReadonlyMap<string, Bus>;
  readonly archives: ReadonlyMap<string, Archive>;
  bus(nameOrArn: unknown): Bus;
  /** Policies that calls changed, by the ARN of their bus. */
  readonly livePolicies: ReadonlyMap<string, string>;
  /** The archives of a bus. */
  archivesOf(bus: Bus): readonly Archive[];
  tags(arn: string): Tags;
  /** From the template: no record. */
  defineBus(properties: BusProperties): void;
  definePolicy(busName: string, statement: Statement): void;
  defineRule(properties: RuleProperties): Rule;
  defineArchive(properties: ArchiveProperties): void;
  /** Does what the record says and writes it. */
  commit(record: StateRecord): void;
  apply(record: StateRecord): void;
  snapshot(): EventsRecord[];
  readonly arnOf: (kind: 'event-bus' | 'archive' | 'replay', name: string) => string;
}

const keyOf = (bus: string, rule: string): string => `${bus}/${rule}`;

export const createState = ({ scheduler, log, region, account }: Ground): State => {
  const arnOf: State['arnOf'] = (kind, name) => `arn:aws:events:${region}:${account}:${kind}/${name}`;
  const buses = new Map<string, Bus>();
  const archives = new Map<string, Archive>();
  const byBus = new Map<string, Archive[]>();
  const tags = new Map<string, Tags>();
  const livePolicies = new Map<string, string>();
  /** Rules and archives of the template; what calls have changed, and what of the template they took away. */
  const ofTemplate = new Set<string>();
  const changed = new Set<string>();
  const gone = new Map<string, StateRecord>();

  const addBus = (properties: BusProperties, at: number, template: boolean): void => {
    const { Name } = properties;
    if (!buses.has(Name)) buses.set(Name, createBus(properties, arnOf('event-bus', Name), at, template));
  };
  addBus({ Name: 'default' }, scheduler.now(), true);

  const bus: State['bus'] = (nameOrArn) => {
    const name = busNameOf(nameOrArn as string | undefined);
    const known = buses.get(name);
    if (!known) throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
    return known;
  };
  const takeAway = (what: string, record: StateRecord): void => {
    if (ofTemplate.has(what)) gone.set(what, record);
  };
  const setRule = (properties: RuleProperties): Rule => {
    const rule = ruleOf(properties, region, account);
    bus(rule.bus).rules.set(rule);
    return rule;
  };
  const index = (): void => {
    byBus.clear();
    for (const archive of archives.values()) {
      const known = byBus.get(archive.properties.SourceArn);
      if (known) known.push(archive);
      else byBus.set(archive.properties.SourceArn, [archive]);
    }
  };
  const setArchive = (properties: ArchiveProperties, at: number, template: boolean): void => {
    const { ArchiveName: name } = properties;
    const known = archives.get(name);
    archives.set(name, archiveOf(properties, arnOf('archive', name), known?.createdAt ?? at, { template, store: known?.store }));
    index();
  };

  /** What each record does. What belongs to a bus or archive that the template no longer has went with it. */
  const does: { readonly [R in StateRecord as R['op']]: (record: R) => void } = {
    bus: ({ properties, at }) => {
      gone.delete(`bus ${properties.Name}`);
      addBus(properties, at, false);
    },
    'bus-gone': (record) => {
      takeAway(`bus ${record.name}`, record);
      livePolicies.delete(arnOf('event-bus', record.name));
      buses.delete(record.name);
    },
    policy: ({ bus: name, statements }) => {
      const known = buses.get(name);
      if (!known) return;
      known.statements = statements;
      livePolicies.set(known.arn, policyText(statements));
    },
    rule: ({ properties }) => {
      const name = busNameOf(properties.EventBusName);
      if (!buses.has(name)) return;
      gone.delete(`rule ${keyOf(name, properties.Name)}`);
      changed.add(keyOf(name, properties.Name));
      setRule(properties);
    },
    'rule-gone': (record) => {
      const key = keyOf(record.bus, record.name);
      const rules = buses.get(record.bus)?.rules;
      changed.delete(key);
      takeAway(`rule ${key}`, record);
      tags.delete(rules?.get(record.name)?.arn ?? '');
      rules?.delete(record.name);
    },
    tags: (record) => void tags.set(record.arn, record.tags),
    archive: ({ properties, at }) => {
      gone.delete(`archive ${properties.ArchiveName}`);
      setArchive(properties, at, false);
    },
    'archive-gone': (record) => {
      takeAway(`archive ${record.name}`, record);
      archives.delete(record.name);
      index();
    },
    archived: ({ names, time, at, text }) => {
      for (const name of names) archives.get(name)?.store.add({ time, at, text });
    },
    packed: ({ name, packed: { data, ...more } }) => archives.get(name)?.store.addSegment({ ...more, data: Buffer.from(data, 'base64') }),
  };
  const apply = (record: StateRecord): void => (does[record.op] as (record: StateRecord) => void)(record);

  const ofBus = ({ name, properties, template, arn, createdAt, statements, rules }: Bus): EventsRecord[] => [
    ...(template ? [] : [{ op: 'bus' as const, properties, at: createdAt }]),
    ...(!livePolicies.has(arn) ? [] : [{ op: 'policy' as const, bus: name, statements }]),
    ...rules
      .all()
      .flatMap((rule): EventsRecord[] => (changed.has(keyOf(name, rule.name)) ? [{ op: 'rule', properties: rule.properties }] : [])),
  ];
  const ofArchive = (archive: Archive): EventsRecord[] => {
    tidy(archive, scheduler.now());
    const { name, properties, createdAt, template } = archive;
    const { packed, loose } = packedOf(archive);
    return [
      ...(template ? [] : [{ op: 'archive' as const, properties, at: createdAt }]),
      ...packed.map((one): EventsRecord => ({ op: 'packed', name, packed: one })),
      ...loose.map((event): EventsRecord => ({ op: 'archived', names: [name], ...event })),
    ];
  };

  return {
    buses,
    archives,
    livePolicies,
    bus,
    archivesOf: ({ arn }) => byBus.get(arn) ?? [],
    tags: (arn) => tags.get(arn) ?? {},
    defineBus: (properties) => {
      ofTemplate.add(`bus ${properties.Name}`);
      addBus(properties, scheduler.now(), true);
    },
    definePolicy: (busName, statement) => {
      const known = bus(busName);
      known.statements = [...known.statements, statement];
    },
    defineRule: (properties) => {
      const rule = setRule(properties);
      ofTemplate.add(`rule ${keyOf(rule.bus, rule.name)}`);
      return rule;
    },
    defineArchive: (properties) => {
      ofTemplate.add(`archive ${properties.ArchiveName}`);
      setArchive(properties, scheduler.now(), true);
    },
    commit: (record) => {
      apply(record);
      log.write('events', record);
    },
    apply,
    snapshot: () => [
      ...gone.values(),
      ...[...buses.values()].flatMap(ofBus),
      ...Array.from(tags, ([arn, some]): EventsRecord => ({ op: 'tags', arn, tags: some })),
      ...[...archives.values()].flatMap(ofArchive),
    ],
    arnOf,
  };
};
