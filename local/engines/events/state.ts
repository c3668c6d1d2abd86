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
  /** What of the template calls have changed or taken away. */
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

  const apply = (record: StateRecord): void => {
    switch (record.op) {
      case 'bus':
        addBus(record.properties, record.at, false);
        break;
      case 'bus-gone':
        if (buses.get(record.name)?.template) gone.set(`bus ${record.name}`, record);
        livePolicies.delete(arnOf('event-bus', record.name));
        buses.delete(record.name);
        break;
      case 'policy': {
        const known = buses.get(record.bus);
        if (!known) break;
        known.statements = record.statements;
        livePolicies.set(known.arn, policyText(record.statements));
        break;
      }
      case 'rule': {
        // A rule of a bus that the template no longer has went with it.
        const name = busNameOf(record.properties.EventBusName);
        if (!buses.has(name)) break;
        gone.delete(`rule ${keyOf(name, record.properties.Name)}`);
        changed.add(keyOf(name, record.properties.Name));
        setRule(record.properties);
        break;
      }
      case 'rule-gone':
        changed.delete(keyOf(record.bus, record.name));
        gone.set(`rule ${keyOf(record.bus, record.name)}`, record);
        buses.get(record.bus)?.rules.delete(record.name);
        break;
      case 'tags':
        tags.set(record.arn, record.tags);
        break;
      case 'archive':
        gone.delete(`archive ${record.properties.ArchiveName}`);
        setArchive(record.properties, record.at, false);
        break;
      case 'archive-gone':
        if (archives.get(record.name)?.template) gone.set(`archive ${record.name}`, record);
        archives.delete(record.name);
        index();
        break;
      case 'archived':
        for (const name of record.names) archives.get(name)?.store.add({ time: record.time, at: record.at, text: record.text });
        break;
      case 'packed':
        archives.get(record.name)?.store.addSegment({ ...record.packed, data: Buffer.from(record.packed.data, 'base64') });
        break;
    }
  };

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
    defineBus: (properties) => addBus(properties, scheduler.now(), true),
    definePolicy: (busName, statement) => {
      const known = bus(busName);
      known.statements = [...known.statements, statement];
    },
    defineRule: setRule,
    defineArchive: (properties) => setArchive(properties, scheduler.now(), true),
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
