import type { RoutingRule } from '../../shared/routing/rules.ts';
import { name, synthesised, target } from '../infra/support.ts';

const { ofType } = synthesised('dev');

const short = (physical: string): string => physical.replace(/^swoe-dev-/, '');

const queues = new Map(ofType('AWS::SQS::Queue').map((queue) => [`${queue.stack} ${queue.id}`, short(name(queue, 'QueueName'))]));

/** The rules of SWOE's bus as they will be deployed: what CloudFormation gets, not what was meant. Names without the stage. */
export const deployed: readonly (RoutingRule & { readonly state: unknown })[] = ofType('AWS::Events::Rule')
  .filter(({ Properties }) => Properties['EventBusName'] !== undefined)
  .map((rule) => {
    const [to] = rule.Properties['Targets'] as { Arn: unknown }[];
    return {
      name: short(name(rule, 'Name')),
      to: queues.get(`${rule.stack} ${target(to?.Arn)}`) ?? JSON.stringify(to),
      why: '',
      pattern: rule.Properties['EventPattern'] as Record<string, unknown>,
      state: rule.Properties['State'],
    };
  });
