import { Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Findings of cdk-nag on a construct and what is below it, each with the reason why it stands. An id names one finding, never a whole rule with many. */
export const acknowledge = (construct: Construct, findings: Readonly<Record<string, string>>): void => {
  Validations.of(construct).acknowledge(...Object.entries(findings).map(([id, reason]) => ({ id, reason })));
};
