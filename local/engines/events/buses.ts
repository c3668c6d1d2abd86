import { createRuleSet, type RuleSet } from './rules.ts';

/** One statement of a bus's policy, in IAM's words. */
export interface Statement {
  readonly Sid?: string;
  readonly [member: string]: unknown;
}

export interface BusProperties {
  readonly Name: string;
  readonly Description?: string | undefined;
  readonly KmsKeyIdentifier?: string | undefined;
  readonly DeadLetterConfig?: { readonly Arn?: string } | undefined;
}

export interface Bus {
  readonly properties: BusProperties;
  readonly name: string;
  readonly arn: string;
  readonly rules: RuleSet;
  /** Whether the template defines it. */
  readonly template: boolean;
  statements: readonly Statement[];
  readonly createdAt: number;
}

export const createBus = (properties: BusProperties, arn: string, createdAt: number, template: boolean): Bus => ({
  properties,
  name: properties.Name,
  arn,
  rules: createRuleSet(),
  template,
  statements: [],
  createdAt,
});

export const policyText = (statements: readonly Statement[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });
