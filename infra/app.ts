import { App } from 'aws-cdk-lib';
import { buildApp } from './build.ts';
import { loadStage } from './config.ts';

/** The door for the CDK's CLI: `cdk deploy -c stage=prod`; without a stage it is `dev`. */
const stage: unknown = new App({ autoSynth: false }).node.tryGetContext('stage') ?? 'dev';
buildApp({ config: loadStage(String(stage)) }).synth();
