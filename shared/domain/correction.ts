import { type Amended, type Change, CORRECTION_TYPES, type Correction } from '../contracts/correction.ts';
import { EventData, eventKey, isStatement, type NormalizedEvent, Reference } from '../contracts/event.ts';
import type { Source } from '../contracts/vocabulary.ts';
import { profileOf } from '../sources/index.ts';
import { metres } from './metres.ts';
import { normaliseEntity } from './normalise.ts';

type Data = Readonly<Record<string, unknown>>;

/** Whether an event is a word on an earlier one. */
export const isCorrection = ({ data }: { data: Data }): boolean => data['corrects'] !== undefined || data['retracts'] !== undefined;

/** Records that the whole city goes by: they may correct anybody's event. */
const OF_RECORD: readonly Source[] = ['dispatch', 'cad_system'];

export const mayCorrect = (by: Source, of: Source): boolean => by === of || OF_RECORD.includes(by);

/** What the data of a correction says, each field only where it is said. */
const amended = (type: string, data: Data): Amended => {
  const { category, priority, location, entities, threatLevel, confidence, summary } = EventData.parse(data);
  const said = {
    type: CORRECTION_TYPES.includes(type) ? undefined : type,
    ...{ category, priority, location, threatLevel, confidence, summary },
    entities: entities?.map(normaliseEntity),
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
};

export type Read = { ok: true; correction: Correction } | { ok: false; path: string; why: string };

/** An event that is a word on an earlier one, as a correction; or why it is none, and where. Pure. */
export const correctionIn = (event: NormalizedEvent): Read => {
  const { source, type, data, occurredAt } = event;
  const retracts = data['retracts'] !== undefined;
  const path = retracts ? 'data.retracts' : 'data.corrects';
  const refuse = (why: string): Read => ({ ok: false, path, why });
  if (retracts && data['corrects'] !== undefined) return refuse('an event corrects or retracts another, not both');
  const read = Reference.safeParse(retracts ? data['retracts'] : data['corrects']);
  if (!read.success) return refuse('name the earlier event as { source, id }');
  const of = { source: read.data.source ?? source, id: read.data.id };
  if (eventKey(of) === eventKey(event)) return refuse('an event does not correct itself');
  if (!mayCorrect(source, of.source))
    return refuse(`${source} may not correct an event of ${of.source}; its own source may, dispatch and cad_system`);
  const fields = retracts ? {} : amended(type, data);
  return { ok: true, correction: { of: eventKey(of), by: eventKey(event), at: occurredAt, retracts, fields } };
};

/** Why this stored event cannot be corrected; undefined where it can. */
export const uncorrectable = (event: NormalizedEvent): string | undefined => {
  if (isStatement(event.type)) return `${event.type} states what is: state it anew`;
  return isCorrection(event) ? 'this is a correction itself: correct the event that it is about' : undefined;
};

/** When a correction was said, and by which event where two are equally late. */
const order = ({ at, by }: Correction): string => `${at} ${by}`;

/** Another type is taken for what its source usually means by it, unless the correction says what. */
const retyped = (event: NormalizedEvent, { type, category, priority }: Amended): Partial<NormalizedEvent> => {
  if (type === undefined || type === event.type) return {};
  const usual = profileOf(event.source, type);
  return { type, category: category ?? usual.category, priority: priority ?? usual.priority };
};

const RETRACTED = 'retracted';
const CORRECTED = 'corrected';

/** Whether an event is not what it was when it came. */
export const isCorrected = ({ flags }: Pick<NormalizedEvent, 'flags'>): boolean => flags.includes(CORRECTED);

/** Whether the last word on an event was that it was a false alarm. */
export const isRetracted = ({ flags }: Pick<NormalizedEvent, 'flags'>): boolean => flags.includes(RETRACTED);

/** An event with everything said of it since, in the order in which it was said whatever order it came in. A later correction takes a retraction back. Pure. */
export const asCorrected = (event: NormalizedEvent, corrections: readonly Correction[]): NormalizedEvent => {
  const flags = event.flags.filter((flag) => flag !== RETRACTED && flag !== CORRECTED);
  let now = event;
  for (const { fields } of [...corrections].sort((a, b) => (order(a) < order(b) ? -1 : 1)))
    now = { ...now, ...fields, ...retyped(now, fields) };
  const last = [...corrections].sort((a, b) => (order(a) < order(b) ? 1 : -1))[0];
  if (!last) return event;
  return { ...now, flags: [...flags, CORRECTED, ...(last.retracts ? [RETRACTED] : [])] };
};

const PLAIN = ['type', 'category', 'priority', 'confidence', 'threatLevel'] as const;

const moved = (from: NormalizedEvent['location'], to: NormalizedEvent['location']): Change[] => {
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  return [{ field: 'location', ...(from && to ? { movedM: Math.round(metres(from, to)) } : {}) }];
};

const otherEntities = (from: NormalizedEvent['entities'], to: NormalizedEvent['entities']): Change[] => {
  const spell = (entities: NormalizedEvent['entities']) => new Set(entities.map(({ kind, id }) => `${kind}#${id}`));
  const [before, after] = [spell(from), spell(to)];
  const differing = [...from, ...to].filter(({ kind, id }) => before.has(`${kind}#${id}`) !== after.has(`${kind}#${id}`));
  return differing.length > 0 ? [{ field: 'entities', kinds: [...new Set(differing.map(({ kind }) => kind))].sort() }] : [];
};

/** What of an event is other than it was, as the journal may keep it. Pure. */
export const changesOf = (before: NormalizedEvent, after: NormalizedEvent): Change[] => [
  ...PLAIN.filter((field) => before[field] !== after[field]).map((field) => ({ field, from: before[field], to: after[field] })),
  ...moved(before.location, after.location),
  ...otherEntities(before.entities, after.entities),
  ...(before.summary === after.summary ? [] : [{ field: 'summary' }]),
  ...(isRetracted(before) === isRetracted(after) ? [] : [{ field: RETRACTED, to: isRetracted(after) ? 'yes' : 'no' }]),
];
