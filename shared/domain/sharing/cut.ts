import type { AgreedScope, SharedField } from '../../contracts/agency.ts';
import type { Entity, NormalizedEvent } from '../../contracts/event.ts';

/** What of an event leaves, and by which names the journal says so. */
export interface Cut {
  readonly data: Readonly<Record<string, unknown>>;
  readonly fields: readonly string[];
  /** What the agreement lets go and the law does not. */
  readonly withheld: readonly string[];
}

const partOf = (field: SharedField, event: NormalizedEvent): unknown => (field === 'incident' ? event.incidentId : event[field]);

/** The agreement without what could say who somebody is. */
const anonymous = (what: AgreedScope): AgreedScope => ({
  ...what,
  fields: what.fields.filter((field) => field !== 'summary'),
  entities: [],
  data: [],
});

interface Parts {
  readonly plain: readonly SharedField[];
  readonly entities: readonly Entity[];
  readonly members: readonly string[];
}

const partsOf = (what: AgreedScope, event: NormalizedEvent): Parts => ({
  plain: what.fields.filter((field) => partOf(field, event) !== undefined),
  entities: event.entities.filter(({ kind }) => what.entities.includes(kind)),
  members: what.data.filter((name) => Object.hasOwn(event.data, name)),
});

/** `entities:plate`, `data:vehicles`: as the journal names parts of parts. */
const namesOf = ({ plain, entities, members }: Parts): string[] => [
  ...plain,
  ...new Set(entities.map(({ kind }) => `entities:${kind}`)),
  ...members.map((name) => `data:${name}`),
];

/** The parts of an event that an agreement lets go, and no others; of a shielded one nothing that could say who it is about. Pure. */
export const cut = (what: AgreedScope, event: NormalizedEvent, shielded: boolean): Cut => {
  const parts = partsOf(shielded ? anonymous(what) : what, event);
  const fields = namesOf(parts);
  return {
    data: {
      ...Object.fromEntries(parts.members.map((name) => [name, event.data[name]])),
      category: event.category,
      priority: event.priority,
      ...Object.fromEntries(parts.plain.map((field) => [field, partOf(field, event)])),
      // Named where there are none as well: a correction takes away by it what was told before.
      ...(what.entities.length > 0 ? { entities: parts.entities } : {}),
    },
    fields: ['type', 'category', 'priority', 'time', ...fields],
    withheld: namesOf(partsOf(what, event)).filter((name) => !fields.includes(name)),
  };
};
