import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildApp } from './build.ts';
import { bundle } from './bundle.ts';
import { loadStage, type StageConfig } from './config.ts';

export interface SynthesiseOptions {
  /** Where the cloud assembly is written: `manifest.json`, one `<stack>.template.json` each, `asset.<hash>/`. */
  readonly outdir: string;
  readonly stage?: string;
  /** cdk-nag and CloudFormation's schemas: seconds, so for CI and deploys, not for `npm start`. */
  readonly validate?: boolean;
  /** Settings in place of the stage's file. */
  readonly config?: StageConfig;
  /** Rooms in place of functions/. */
  readonly functions?: string;
  /** Compiled workflows in place of statemachines/compiled. */
  readonly machines?: string;
}

/** Bundles the rooms and writes the templates without the CDK's CLI. */
export const synthesise = async ({
  outdir,
  stage = 'dev',
  validate = false,
  config,
  functions,
  machines,
}: SynthesiseOptions): Promise<void> => {
  const settings = config ?? loadStage(stage);
  const bundles = join(outdir, 'bundles');
  await bundle({ outdir: bundles, functions });
  // The CDK reads this when it synthesises; CloudFormation's schemas alone cost a second.
  if (!validate) process.env.CDK_VALIDATION = 'false';
  buildApp({ config: settings, outdir, bundles, machines, validate }).synth();
};

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { outdir: { type: 'string' }, stage: { type: 'string' }, validate: { type: 'boolean' } } });
  if (!values.outdir) throw new Error('Say where to write: tsx infra/synth.ts --outdir FOLDER [--stage dev] [--validate]');
  await synthesise({ outdir: values.outdir, stage: values.stage, validate: values.validate });
}
