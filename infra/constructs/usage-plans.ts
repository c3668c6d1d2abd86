import { ApiKey, type RestApi, UsagePlan } from 'aws-cdk-lib/aws-apigateway';
import { named } from '../names.ts';
import type { Setting } from './setting.ts';

/** Requests a second, and at once, for all people of a kind together. No quota: an emergency does not end with the month's allowance. */
const PLANS = {
  acting: { rateLimit: 500, burstLimit: 1000 },
  looking: { rateLimit: 250, burstLimit: 500 },
} as const;

/** What the authorizer's usage keys begin with. They are names, not secrets: from outside no key is taken. */
export const usageKeyPrefix = ({ config }: Setting): string => named(config, 'usage');

/** Those who act have a rate of their own, so that a wall of dashboards never holds up an approval. */
export const usagePlans = (api: RestApi, setting: Setting): void => {
  for (const [kind, throttle] of Object.entries(PLANS)) {
    const value = `${usageKeyPrefix(setting)}-${kind}`;
    const plan = new UsagePlan(api, `Plan-${kind}`, { name: value, throttle, apiStages: [{ api, stage: api.deploymentStage }] });
    plan.addApiKey(
      new ApiKey(api, `Key-${kind}`, { apiKeyName: value, value, description: `Counts the requests of people who are ${kind}` }),
    );
  }
};
