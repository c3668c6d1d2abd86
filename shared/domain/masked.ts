import { isPersonal } from '../restricted/personal.ts';

/** What stands where something is withheld. */
export const MASKED = 'masked';

type Part = Record<string, unknown>;

const isEntity = ({ kind, id }: Part): boolean => typeof kind === 'string' && typeof id === 'string' && isPersonal(kind);

/** An event with its free fields; one about somebody's state of mind is about a person whether it names one or not. */
const isEvent = ({ entities, data }: Part): boolean => Array.isArray(entities) && typeof data === 'object';
const isAboutPerson = ({ category, entities }: Part): boolean =>
  category === 'HUMAN_STABILITY' ||
  (entities as unknown[]).some((entity) => typeof entity === 'object' && entity !== null && isEntity(entity as Part));

/** A fact, or what overrides one, without what it says. */
const saysNothing = (part: Part): Part => ({
  ...('value' in part ? { value: {} } : {}),
  ...('words' in part ? { words: MASKED } : {}),
});

/** The parts of a shape that hold free text or values about people, by what the shape is known by. */
const withheld = (part: Part): Part => {
  if (isEntity(part)) return { id: MASKED };
  if (isEvent(part)) return isAboutPerson(part) ? { data: {}, ...('summary' in part ? { summary: MASKED } : {}) } : {};
  // A run's summary is some producer's free text; what a question shows may be a warrant's target; nobody has vetted a refused body.
  if ('workflow' in part && 'summary' in part) return { summary: MASKED };
  if ('factsHash' in part && 'facts' in part) return { facts: {} };
  // What a fact says may be a warrant's target or a plate.
  if ('eventKey' in part && 'subject' in part && ('value' in part || 'words' in part)) return saysNothing(part);
  return 'busId' in part && 'body' in part ? { body: undefined } : {};
};

/**
 * A value as those see it who may not see who somebody is: entities keep their kind and lose their id, events about a person their data and
 * summary. What holds nothing of the kind comes back itself. Pure.
 */
export const masked = <T>(value: T): T => {
  if (Array.isArray(value)) {
    const items = value.map(masked);
    return items.some((item, index) => item !== value[index]) ? (items as T) : value;
  }
  if (value === null || typeof value !== 'object') return value;
  const part = value as Part;
  const inside = Object.entries(part).flatMap(([name, member]) => {
    const other = masked(member);
    return other === member ? [] : [[name, other] as const];
  });
  const over = withheld(part);
  return inside.length === 0 && Object.keys(over).length === 0 ? value : ({ ...part, ...Object.fromEntries(inside), ...over } as T);
};
