import type { Entity, NormalizedEvent } from '../contracts/event.ts';
import { isStatement } from '../contracts/event.ts';
import type { Restricted } from '../contracts/restricted.ts';
import { isPersonal } from './personal.ts';
import { OPEN_MEMBERS } from './rules.ts';

/** What stands for somebody whose id identifies nobody. */
const NOBODY = 'UNKNOWN';
/** A flag, a count, or a word without spaces: nothing that tells a story. */
const CODE = /^[A-Za-z0-9][\w.:#/-]{0,63}$/;

const isPlain = (value: unknown): boolean =>
  value === null || typeof value === 'boolean' || typeof value === 'number' || (typeof value === 'string' && CODE.test(value));

/** A place and a reference to an earlier event are shapes of our own contract. */
const STRUCTURED: ReadonlySet<string> = new Set(['location', 'corrects', 'retracts']);

const isOpen = ([name, value]: [string, unknown]): boolean => OPEN_MEMBERS.has(name) && (STRUCTURED.has(name) || isPlain(value));

/** The people that an event names, in their order: each stands for one token. */
export const peopleOf = ({ entities }: Pick<NormalizedEvent, 'entities'>): Entity[] => entities.filter(({ kind }) => isPersonal(kind));

const withTokens = (entities: readonly Entity[], tokens: readonly (string | undefined)[]): Entity[] => {
  let next = 0;
  return entities.map((entity) => (isPersonal(entity.kind) ? { ...entity, id: tokens[next++] || NOBODY } : entity));
};

/** What everybody may read in a summary's place. */
export const openSummary = ({ type, source }: Pick<NormalizedEvent, 'type' | 'source'>, { labels }: Pick<Restricted, 'labels'>): string =>
  `${type} from ${source} (${labels.join(', ')}: sealed)`;

/** `data` of a correction says again what it lifts; the same holds there. */
const openData = (event: NormalizedEvent, tokens: readonly (string | undefined)[], summary: string): NormalizedEvent['data'] => {
  // What a statement says is what guardrails and units go by; it names things by reference.
  if (isStatement(event.type)) return event.data;
  const said = Object.fromEntries(Object.entries(event.data).filter(isOpen));
  if (Array.isArray(event.data['entities'])) said['entities'] = withTokens(event.data['entities'] as Entity[], tokens);
  if (event.data['summary'] !== undefined) said['summary'] = summary;
  return said;
};

/** A labelled event as it is kept: `tokens` stand for its people, and everything that is taken out is in the piece that `restricted` names. Pure. */
export const cutOf = (event: NormalizedEvent, restricted: Restricted, tokens: readonly (string | undefined)[]): NormalizedEvent => {
  const summary = openSummary(event, restricted);
  return { ...event, summary, entities: withTokens(event.entities, tokens), data: openData(event, tokens, summary), restricted };
};

/** What is taken out of a labelled event: everything that was said in words or of people. */
export const contentOf = (event: NormalizedEvent): Record<string, unknown> => {
  const { summary, data } = event;
  return { summary, people: peopleOf(event), data: isStatement(event.type) ? {} : data };
};
