import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground } from '../../kernel/engine.ts';
import { type BusEvent, textOf } from './event.ts';
import type { RuleSet, Target } from './rules.ts';

export interface DeliverDeps {
  /** Enqueues in this very turn; throws where the queue does not exist. */
  send: (queueArn: string, body: string) => void;
  /** Starts a function that answers nobody. */
  invokeAsync: (functionArn: string, payload: unknown) => void;
}

/** Hands an event to every target of every rule that wants it, all in this turn. */
export const delivering = ({ send, invokeAsync }: DeliverDeps, { scheduler, meter }: Ground) => {
  const to = (target: Target, body: string): void => {
    try {
      if (target.Arn.split(':')[2] === 'lambda') invokeAsync(target.Arn, JSON.parse(body));
      else send(target.Arn, body);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      meter('events', 'failed deliveries', 1);
      if (target.DeadLetterConfig?.Arn) send(target.DeadLetterConfig.Arn, body);
    }
  };
  return (rules: RuleSet, event: BusEvent, detailText: string): void => {
    const text = textOf(event, detailText);
    for (const rule of rules.matching(event)) {
      const origin = { ruleArn: rule.arn, ruleName: rule.name, ingestedAt: scheduler.now() };
      for (const { target, fill } of rule.outlets) {
        const body = fill(event, text, origin);
        if (body === undefined) meter('events', 'failed deliveries', 1);
        else to(target, body);
      }
    }
  };
};
