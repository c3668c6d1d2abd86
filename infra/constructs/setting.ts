import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { StageConfig } from '../config.ts';

/** What every construct needs to know of the deployment it stands in. */
export interface Setting {
  readonly config: StageConfig;
  readonly key: IKey;
  /** The folder with `<room>/index.mjs`. */
  readonly bundles: string;
}

export const removal = ({ retain }: StageConfig): RemovalPolicy => (retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
