import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { JournalKind } from '../../../shared/contracts/journal.ts';
import { Category, Channel, type Priority } from '../../../shared/contracts/vocabulary.ts';
import { channels } from '../../../shared/routing/channels.ts';
import { type Pipeline, pipelines, subsystemPipeline } from '../../../shared/routing/pipelines.ts';
import { categoryRoutes } from '../../../shared/routing/route.ts';
import { rules, subsystemRule } from '../../../shared/routing/rules.ts';
import { subsystems } from '../../../workflows/vocabulary/index.ts';
import { channelsOf } from '../../publish/channels-of.ts';
import type { Perform } from '../operation.ts';
import { ok } from '../reply.ts';

const declared = [...rules, ...subsystems.map(subsystemRule)];
const lanes: readonly Pipeline[] = [...pipelines, ...subsystems.map(subsystemPipeline)];
const gravest = (name: string): Priority => lanes.find((lane) => lane.name === name)?.gravest ?? 'INFO';

/** The rules of the bus as they are deployed, and which of them takes what happened, by its category. */
export const routingRules: Perform<'routingRules'> = async () =>
  ok({
    items: declared.map(({ name, to, why, pattern }) => ({ name, pipeline: to, priority: gravest(to), why, pattern })),
    categories: categoryRoutes(rules, Category.options),
  });

/** Each pipeline with the rules that lead into it. */
export const routingPipelines: Perform<'routingPipelines'> = async () =>
  ok({ items: lanes.map((lane) => ({ ...lane, rules: declared.flatMap(({ name, to }) => (to === lane.name ? [name] : [])) })) });

/** Kinds of journal entries that a channel tells, whatever else they say. */
const kindsOn = (channel: Channel): JournalKind[] => JournalKind.options.filter((kind) => channelsOf({ kind, data: {} }).includes(channel));

/** The live channels: what each tells, and who may follow it. */
export const routingChannels: Perform<'routingChannels'> = async () =>
  ok({
    items: Channel.options.map((channel) => ({
      channel,
      path: `/ws/orchestration/${channel}`,
      ...channels[channel],
      kinds: kindsOn(channel),
      roles: endpoints.find(({ operation }) => operation === 'createTicket')?.roles ?? [],
    })),
  });
