import * as z from 'zod';
import { JournalKind } from './journal.ts';
import { Category, Channel, Priority, Role } from './vocabulary.ts';
import { Pattern } from './workflow.ts';

/** What is told of the bus: declared in shared/routing, read from no store. */

/** A rule of the bus; `priority` is the gravest that may wait in its pipeline. */
export const RouteRule = z.object({ name: z.string(), pipeline: z.string(), priority: Priority, why: z.string(), pattern: Pattern });

/** The rules that take what happened of a category, where it is CRITICAL and where it is not. */
export const RoutedCategory = z.object({ category: Category, critical: z.array(z.string()), otherwise: z.array(z.string()) });
export const RouteRules = z.object({ items: z.array(RouteRule), categories: z.array(RoutedCategory) });

/** A queue, the room or the subsystem that reads it, and the rules that lead there. */
export const RoutePipeline = z.object({
  name: z.string(),
  room: z.string(),
  holds: z.string(),
  gravest: Priority,
  rules: z.array(z.string()),
});
export const RoutePipelines = z.object({ items: z.array(RoutePipeline) });

/** A live channel: what it tells and who may follow it. */
export const RouteChannel = z.object({
  channel: Channel,
  path: z.string(),
  tells: z.string(),
  also: z.array(z.string()),
  kinds: z.array(JournalKind),
  roles: z.array(Role),
});
export const RouteChannels = z.object({ items: z.array(RouteChannel) });
