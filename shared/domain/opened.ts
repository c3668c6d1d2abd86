import type { NormalizedEvent } from '../contracts/event.ts';
import type { Incident } from '../contracts/incident.ts';
import { known, type Observation, observe, summaryOf } from './fusion/index.ts';

/** The incident that is named after an event, as that event alone tells it. */
const named = ({ node, eventKey, openedAt }: Observation, { category, type, summary, agency, location }: NormalizedEvent) => ({
  id: node,
  eventKey,
  openedAt,
  category,
  type,
  summary,
  agency,
  location,
});

/** The incident an event opens by itself: a function of the event. */
export const openedBy = (node: string, key: string, event: NormalizedEvent): Incident => {
  const seen = observe(node, key, event);
  return { ...named(seen, event), ...known(summaryOf(seen)), joined: [] };
};
