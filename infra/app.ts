import { App } from 'aws-cdk-lib';
import { BUNDLES, buildApp } from './build.ts';
import { bundle } from './bundle.ts';
import { loadStage } from './config.ts';

/** The door for the CDK's CLI: `cdk deploy -c stage=prod`; without a stage it is `dev`. It bundles first, so that no stale code is deployed. */
const stage: unknown = new App({ autoSynth: false }).node.tryGetContext('stage') ?? 'dev';
const config = loadStage(String(stage));
await bundle({ outdir: BUNDLES });
buildApp({ config }).synth();
