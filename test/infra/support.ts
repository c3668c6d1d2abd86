import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll } from 'vitest';
import { type BuildOptions, buildApp } from '../../infra/build.ts';
import { loadStage, type StageConfig } from '../../infra/config.ts';
import { functionNames } from '../../infra/functions.ts';

process.env['CDK_VALIDATION'] = 'false';

/** A temporary folder that goes when the test file is done. */
export const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'swoe-infra-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** Stands in for the bundles: the templates depend on their names, not on what is in them. */
const emptyBundles = (): string => {
  const folder = temporary();
  for (const room of functionNames) {
    mkdirSync(join(folder, room));
    writeFileSync(join(folder, room, 'index.mjs'), `export const handler = () => '${room}';`);
  }
  return folder;
};

export interface Resource {
  readonly id: string;
  readonly stack: string;
  readonly Type: string;
  // A template's properties have no type of their own; tests read them as they are.
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly [attribute: string]: unknown;
}

export interface Synthesised {
  readonly app: App;
  readonly stacks: readonly Stack[];
  readonly resources: readonly Resource[];
  /** Templates as CloudFormation gets them, by stack. */
  readonly templates: ReadonlyMap<string, Record<string, unknown>>;
  ofType(type: string): Resource[];
}

/** The app of a stage, its settings changed where a test says so, as templates. */
export const synthesised = (
  stage: string,
  changes: Partial<StageConfig> = {},
  more: Pick<BuildOptions, 'machines' | 'validate' | 'workflows'> = {},
): Synthesised => {
  const config = { ...loadStage(stage), ...changes };
  const app = buildApp({ config, outdir: temporary(), bundles: emptyBundles(), validate: false, ...more });
  const stacks = app.node.children.filter((child): child is Stack => Stack.isStack(child));
  const templates = new Map(stacks.map((stack) => [stack.stackName, Template.fromStack(stack).toJSON()]));
  const resources = [...templates].flatMap(([stack, { Resources }]) =>
    Object.entries(Resources as Record<string, Omit<Resource, 'id' | 'stack'>>).map(
      ([id, resource]) => ({ ...resource, id, stack }) as Resource,
    ),
  );
  return { app, stacks, resources, templates, ofType: (type) => resources.filter(({ Type }) => Type === type) };
};

/** The logical id that a Ref or an Arn points to. */
export const target = (value: unknown): string => {
  const { Ref, 'Fn::GetAtt': att } = (value ?? {}) as { Ref?: string; 'Fn::GetAtt'?: string[] };
  return Ref ?? att?.[0] ?? JSON.stringify(value);
};

export const name = ({ Properties }: Resource, property: string): string => String(Properties[property]);

interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
  readonly Principal?: unknown;
}

export const statements = (document: unknown): PolicyStatement[] => (document as { Statement: PolicyStatement[] }).Statement;
export const actions = ({ Action }: PolicyStatement): string[] => [Action].flat();
