import * as z from 'zod';
import { topics } from './topic.ts';
import { Category, type Channel, Priority, Source } from './vocabulary.ts';

const MOST_NAMED = 20;
const some = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(MOST_NAMED).optional();
const Id = z.string().min(1).max(200).optional();

/** What a connection wants of its channel: a message is told where it fits every field, and fits a list where it is one of it. */
export const Filter = z.strictObject({
  topics: some(z.string()),
  categories: some(Category),
  priorities: some(Priority),
  sources: some(Source),
  agencies: some(z.string().min(1).max(60)),
  workflow: Id,
  incidentId: Id,
  executionId: Id,
});
export type Filter = z.infer<typeof Filter>;

const told = (channel: Channel) => some(z.enum(topics[channel].map(({ topic }) => topic)));

/** The filters of each channel: what its messages never say is not asked of them. */
export const filters: Readonly<Record<Channel, z.ZodType<Filter>>> = {
  events: Filter.omit({ executionId: true }).extend({ topics: told('events') }),
  'workflow-status': Filter.pick({ priorities: true, workflow: true, incidentId: true, executionId: true }).extend({
    topics: told('workflow-status'),
  }),
  alerts: Filter.omit({ categories: true, agencies: true }).extend({ topics: told('alerts') }),
};
