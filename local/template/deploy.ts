import { readFileSync } from 'node:fs';
import type { Buckets } from '../engines/buckets/buckets.ts';
import type { DynamoDb, TableDefinition } from '../engines/dynamodb/engine.ts';
import type { ArchiveProperties, BusProperties, Events, RuleProperties, Statement } from '../engines/events/events.ts';
import type {
  FunctionProperties,
  Functions,
  InvokeConfigProperties,
  MappingProperties,
  PermissionProperties,
} from '../engines/functions/functions.ts';
import type { KeyProperties, Keys } from '../engines/keys/keys.ts';
import type { QueueProperties, Queues } from '../engines/queues/queues.ts';
import type { ScheduleProperties, Schedules } from '../engines/schedules/schedules.ts';
import type { AliasProperties } from '../engines/states/deployment.ts';
import type { States } from '../engines/states/states.ts';
import { Refusal } from '../kernel/refusal.ts';
import { assetPath, definitionPath } from './bundles.ts';
import type { Resource, Template } from './index.ts';

export interface Engines {
  readonly buckets: Buckets;
  readonly dynamodb: DynamoDb;
  readonly events: Events;
  readonly functions: Functions;
  readonly keys: Keys;
  readonly queues: Queues;
  readonly schedules: Schedules;
  readonly states: States;
}

/** The template's properties as the engine's own type: the engine checks what it heeds. */
const as = <T>(resource: Resource, more: object = {}): T => ({ ...resource.properties, ...more }) as T;

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const definitionOf = (resource: Resource, template: Template): string => {
  const { stack, logicalId, properties } = resource;
  const path = definitionPath(resource, template);
  const definition = path === undefined ? (properties['DefinitionString'] ?? properties['Definition']) : readFileSync(path, 'utf8');
  if (definition === undefined) throw new Error(`${stack}.${logicalId}: its definition must stand in the template or beside it`);
  const substitutions = (properties['DefinitionSubstitutions'] ?? {}) as Record<string, unknown>;
  return text(definition).replace(/\$\{([A-Za-z0-9_]+)\}/g, (whole, name: string) =>
    Object.hasOwn(substitutions, name) ? String(substitutions[name]) : whole,
  );
};

const optional = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

/** A deployment preference leads, once deployed, wholly to the version it names. */
const aliasOf = ({ logicalId, properties }: Resource): AliasProperties => {
  const routing = properties['RoutingConfiguration'] as Record<string, unknown>[] | undefined;
  const preference = properties['DeploymentPreference'] as Record<string, unknown> | undefined;
  const routes = routing ?? [{ StateMachineVersionArn: preference?.['StateMachineVersionArn'], Weight: 100 }];
  return {
    name: optional(properties['Name']) ?? logicalId,
    description: optional(properties['Description']),
    routes: routes.map((route) => ({ stateMachineVersionArn: String(route['StateMachineVersionArn']), weight: Number(route['Weight']) })),
  };
};

type Deploy = (resource: Resource, engines: Engines, template: Template) => void;

const table: Deploy = (resource, { dynamodb }) => dynamodb.define(as<TableDefinition>(resource, { TableName: resource.ref }));

/** The port enforces it; the bus tells of it, and PutPermission changes it. */
const busPolicy: Deploy = ({ properties }, { events }) => {
  const { EventBusName, Statement: statement, StatementId, Action, Principal } = properties;
  const body = (statement ?? { Effect: 'Allow', Action, Principal }) as Statement;
  events.definePolicy(String(EventBusName ?? 'default'), { Sid: String(StatementId), ...body });
};

const queuePolicy: Deploy = ({ properties }, { queues }) => {
  const urls = (properties['Queues'] ?? []) as string[];
  for (const url of urls) queues.definePolicy(url.slice(url.lastIndexOf('/') + 1), properties['PolicyDocument']);
};

/** In this order: a rule needs its bus, a mapping its function. */
const STEPS: readonly (readonly [type: string, deploy: Deploy])[] = [
  ['AWS::KMS::Key', (resource, { keys }) => keys.define(as<KeyProperties>(resource, { Arn: resource.attributes['Arn'] }))],
  ['AWS::KMS::Alias', ({ properties, ref }, { keys }) => keys.defineAlias(ref, String(properties['TargetKeyId']))],
  ['AWS::S3::Bucket', ({ ref }, { buckets }) => buckets.define(ref)],
  ['AWS::DynamoDB::Table', table],
  [
    'AWS::SQS::Queue',
    (resource, { queues }) => queues.define(as<QueueProperties>(resource, { QueueName: resource.attributes['QueueName'] })),
  ],
  ['AWS::SQS::QueuePolicy', queuePolicy],
  ['AWS::Events::EventBus', (resource, { events }) => events.defineBus(as<BusProperties>(resource, { Name: resource.ref }))],
  ['AWS::Events::EventBusPolicy', busPolicy],
  ['AWS::Events::Rule', (resource, { events }) => events.defineRule(as<RuleProperties>(resource, { Name: resource.ref }))],
  ['AWS::Events::Archive', (resource, { events }) => events.defineArchive(as<ArchiveProperties>(resource, { ArchiveName: resource.ref }))],
  [
    'AWS::Lambda::Function',
    (resource, { functions }, template) =>
      functions.defineFunction(as<FunctionProperties>(resource, { FunctionName: resource.ref, assetPath: assetPath(resource, template) })),
  ],
  ['AWS::Lambda::EventInvokeConfig', (resource, { functions }) => functions.defineInvokeConfig(as<InvokeConfigProperties>(resource))],
  ['AWS::Lambda::Permission', (resource, { functions }) => functions.definePermission(as<PermissionProperties>(resource))],
  ['AWS::Lambda::EventSourceMapping', (resource, { functions }) => functions.defineMapping(as<MappingProperties>(resource))],
  [
    'AWS::StepFunctions::StateMachine',
    (resource, { states }, template) =>
      states.define({
        name: resource.attributes['Name'] ?? resource.ref,
        definition: definitionOf(resource, template),
        roleArn: String(resource.properties['RoleArn']),
        type: (resource.properties['StateMachineType'] ?? 'STANDARD') as 'STANDARD',
      }),
  ],
  [
    'AWS::StepFunctions::StateMachineVersion',
    ({ properties }, { states }) =>
      states.defineVersion({ stateMachineArn: String(properties['StateMachineArn']), description: optional(properties['Description']) }),
  ],
  ['AWS::StepFunctions::StateMachineAlias', (resource, { states }) => states.defineAlias(aliasOf(resource))],
  ['AWS::Scheduler::ScheduleGroup', ({ ref }, { schedules }) => schedules.defineGroup(ref)],
  ['AWS::Scheduler::Schedule', (resource, { schedules }) => schedules.define(as<ScheduleProperties>(resource, { Name: resource.ref }))],
];

/** Hands every resource of the template to the engine that runs it. A complaint of an engine names stack and logical id. */
export const deploy = (template: Template, engines: Engines): void => {
  for (const [type, hand] of STEPS) {
    for (const resource of template.ofType(type)) {
      try {
        hand(resource, engines, template);
      } catch (error) {
        throw new Refusal(`${type} ${resource.logicalId} in stack ${resource.stack} cannot be run here: ${(error as Error).message}`);
      }
    }
  }
};
