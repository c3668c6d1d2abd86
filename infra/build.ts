import { join, resolve } from 'node:path';
import { App, DefaultStackSynthesizer, type StackProps, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import type { Workflow } from '../shared/contracts/workflow.ts';
import { workflows as responses } from '../workflows/index.ts';
import type { StageConfig } from './config.ts';
import { named } from './names.ts';
import { ApiStack } from './stacks/api.ts';
import { PipelineStack } from './stacks/pipeline.ts';
import { StatefulStack } from './stacks/stateful.ts';
import { WorkflowsStack } from './stacks/workflows.ts';

const ROOT = resolve(import.meta.dirname, '..');
/** Where `npm run bundle` and the CLI put the bundles. */
export const BUNDLES = join(ROOT, '.bundle');

export interface BuildOptions {
  readonly config: StageConfig;
  readonly outdir?: string;
  /** The folder with `<room>/index.mjs`. */
  readonly bundles?: string;
  /** The folder with `<workflow>.asl.json`. */
  readonly machines?: string;
  /** What the clock starts is taken from these. */
  readonly workflows?: readonly Workflow[];
  /** Hold the app against cdk-nag and CloudFormation's own schemas. */
  readonly validate?: boolean;
}

/** Paths and assets are told in the templates, so that the local run finds a function's code from its resource. */
const CONTEXT = {
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
  // A stack cannot be removed while another uses what it exports.
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
};

const stackProps = ({ stage, deletionProtection }: StageConfig, room: string, description: string): StackProps => ({
  stackName: `swoe-${stage}-${room}`,
  description,
  terminationProtection: deletionProtection,
  // The CLI checks the bootstrap's version as well; without this the templates have no parameters.
  synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
});

/** The whole of SWOE for one stage: what must last below, three stacks side by side above it. */
export const buildApp = ({
  config,
  outdir,
  bundles = BUNDLES,
  machines = join(ROOT, 'statemachines', 'compiled'),
  workflows = responses,
  validate = true,
}: BuildOptions): App => {
  const app = new App({ outdir, postCliContext: CONTEXT, analyticsReporting: false, autoSynth: false });
  const below = new StatefulStack(app, named(config, 'stateful'), config, stackProps(config, 'stateful', 'SWOE: what must last'));
  const setting = { config, key: below.key, bundles };
  new PipelineStack(
    app,
    named(config, 'pipeline'),
    below,
    setting,
    workflows,
    stackProps(config, 'pipeline', 'SWOE: from events to workflows'),
  );
  new WorkflowsStack(app, named(config, 'workflows'), below, machines, setting, stackProps(config, 'workflows', 'SWOE: workflows'));
  new ApiStack(app, named(config, 'api'), below, setting, stackProps(config, 'api', 'SWOE: REST, live channels and people'));
  for (const [tag, value] of Object.entries({ project: 'swoe', stage: config.stage, cost: config.costCenter }))
    Tags.of(app).add(tag, value);
  if (validate) Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app));
  return app;
};
