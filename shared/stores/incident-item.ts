import { Incident, IncidentSummary } from '../contracts/incident.ts';
import { known } from '../domain/fusion/index.ts';
import type { Head } from '../domain/head.ts';
import type { Item } from './table.ts';

/** A head as it is stored: what follows from its members' `fold` is left out, so that it stays small. */
export const itemOf = ({ incident, summary: fold, loose, split }: Head): Item => {
  const { id, eventKey, parent, openedAt, category, type, summary, agency, location, joined } = incident;
  const named = { id, eventKey, parent, openedAt, category, type, summary, agency, location, joined };
  return { ...named, fold, loose: loose || undefined, split: split || undefined };
};

/** A head as it was stored. One that was merged away says so. */
export const headOf = (item: Item): Head => {
  const summary = IncidentSummary.parse(item['fold']);
  const incident = Incident.parse({ ...item, ...known(summary), ...(item['parent'] ? { state: 'MERGED' } : {}) });
  return { incident, summary, version: Number(item['version']), loose: item['loose'] === true, split: item['split'] === true };
};
