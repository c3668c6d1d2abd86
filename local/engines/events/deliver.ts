import { AwsError } from '../../kernel/aws-error.ts';
import type { Call, Ground } from '../../kernel/engine.ts';
import { deadLetterAttributes } from '../delivery/dead-letter.ts';
import { createPending, type Pending } from '../delivery/pending.ts';
import { backoffMs, exhausted, transient } from '../delivery/retry.ts';
import type { BusEvent } from './event.ts';
import { kindOf, type Outlet, type Rule, type Target, type TargetKind } from './rules.ts';

interface SendOptions {
  groupId?: string | undefined;
  attributes?: Record<string, { DataType: string; StringValue: string }> | undefined;
}

export interface DeliverDeps {
  /** Enqueues in this very turn; throws where the queue does not exist. */
  send: (queueArn: string, body: string, options?: SendOptions) => void;
  /** Starts a function that answers nobody. */
  invokeAsync: (functionArn: string, payload: unknown) => void;
  /** Calls a service as a target's role. Without it state machines cannot be targets. */
  call?: Call | undefined;
  /** Whether a rule may do this to a target, as the target's own policy says; asked once a rule and target. */
  permits?: ((action: string, resource: string, ruleArn: string) => boolean) | undefined;
  /** A target's policy where a call changed it: another one means asking `permits` again. */
  policyOf?: ((arn: string) => unknown) | undefined;
  /** What a role lacks to do this; undefined where it may. */
  lacks?: ((roleArn: string, action: string, resource: string) => string | undefined) | undefined;
}

/** An event on its way to one target that it did not reach at once. */
export interface Delivery {
  readonly id: string;
  readonly ruleArn: string;
  readonly target: Target;
  /** The event as it is, for the dead-letter queue. */
  readonly text: string;
  /** What the target is sent. */
  readonly body: string;
  readonly attempts: number;
  readonly since: number;
  readonly dueAt: number;
}

const ACTIONS: Readonly<Record<TargetKind, string>> = {
  sqs: 'sqs:SendMessage',
  lambda: 'lambda:InvokeFunction',
  states: 'states:StartExecution',
  events: 'events:PutEvents',
};

const WAITS = { since: 0, attempts: 0 };

const invalidJson = (): AwsError => new AwsError('InvalidJson', 'The input that the transformer made is not valid JSON.');

/** Hands events to targets. What a target does not take at once is tried again, durably, and ends in the dead-letter queue. */
export interface Deliveries {
  toRule(rule: Rule, event: BusEvent, text: string): void;
  readonly pending: Pending<Delivery>;
}

export const createDeliveries = (deps: DeliverDeps, ground: Ground, forward: (busArn: string, text: string) => void): Deliveries => {
  const { scheduler, meter, faults } = ground;
  const allowed = new WeakMap<Outlet, { readonly policy: unknown; readonly answer: boolean }>();

  const permitted = (outlet: Outlet, rule: Rule): boolean => {
    const { kind, target } = outlet;
    const policy = deps.policyOf?.(target.Arn);
    const known = allowed.get(outlet);
    if (known && known.policy === policy) return known.answer;
    const action = ACTIONS[kind];
    const { Arn, RoleArn } = target;
    // What a role starts by a call is weighed at the call.
    const byRole = (role: string): boolean => kind === 'states' || deps.lacks?.(role, action, Arn) === undefined;
    const answer = RoleArn === undefined ? (deps.permits?.(action, Arn, rule.arn) ?? true) : byRole(RoleArn);
    allowed.set(outlet, { policy, answer });
    return answer;
  };
  const deadLetter = (delivery: Omit<Delivery, 'id'>, error: Error, condition: string): void => {
    meter('events', 'failed deliveries', 1);
    const { target, ruleArn, attempts } = delivery;
    const queue = target.DeadLetterConfig?.Arn;
    if (!queue || deps.permits?.('sqs:SendMessage', queue, ruleArn) === false) return;
    const origin = ['RULE_ARN', ruleArn] as const;
    const attributes = deadLetterAttributes({ error, condition, retries: attempts - 1, origin, targetArn: target.Arn });
    try {
      deps.send(queue, delivery.text, { attributes });
    } catch (lost) {
      if (!(lost instanceof AwsError)) throw lost;
    }
  };
  /** What a target takes in this very turn. */
  const handNow = (kind: TargetKind, target: Target, body: string, eventText: string): void => {
    if (kind === 'sqs') deps.send(target.Arn, body, target.SqsParameters && { groupId: target.SqsParameters.MessageGroupId });
    else if (kind === 'lambda') deps.invokeAsync(target.Arn, JSON.parse(body));
    else forward(target.Arn, eventText);
  };
  /** What a call answers later. The execution's name is the delivery's, so that one tried twice starts once. */
  const start = async ({ id, target, body }: Delivery): Promise<void> => {
    if (!deps.call) throw new AwsError('ServiceUnavailable', 'No state machines run here.', {}, 'server');
    try {
      await deps.call(String(target.RoleArn), 'states', 'StartExecution', { stateMachineArn: target.Arn, input: body, name: id });
    } catch (error) {
      if ((error as Error).name !== 'ExecutionAlreadyExists') throw error;
    }
  };
  const failed = (delivery: Delivery, error: Error): void => {
    const now = scheduler.now();
    const tried = { ...delivery, attempts: delivery.attempts + 1 };
    const waitMs = backoffMs(tried.attempts, scheduler.random);
    const over = transient(error)
      ? exhausted(delivery.target.RetryPolicy, delivery.attempts, now + waitMs - delivery.since)
      : 'MaximumRetryAttempts';
    if (over === undefined) pending.put({ ...tried, dueAt: now + waitMs });
    else {
      deadLetter(tried, error, over);
      pending.settled(delivery.id);
    }
  };
  const attempt = (delivery: Delivery): void => {
    const kind = kindOf(delivery.target);
    if (kind === 'states') {
      void start(delivery).then(
        () => pending.settled(delivery.id),
        (error: Error) => failed(delivery, error),
      );
      return;
    }
    try {
      handNow(kind, delivery.target, delivery.body, delivery.text);
      pending.settled(delivery.id);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed(delivery, error);
    }
  };
  const pending = createPending<Delivery>(ground, 'events', attempt);

  const hand = (outlet: Outlet, rule: Rule, body: string, eventText: string, delayMs: number): void => {
    const { target, kind } = outlet;
    const delivery = (dueAt: number): Delivery => {
      const since = scheduler.now();
      return { id: scheduler.uuid(), ruleArn: rule.arn, target, text: eventText, body, ...WAITS, since, dueAt };
    };
    if (delayMs > 0 || kind === 'states') {
      pending.put(delivery(scheduler.now() + delayMs));
      return;
    }
    try {
      handNow(kind, target, body, eventText);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed(delivery(scheduler.now()), error);
    }
  };
  const refuse = (rule: Rule, target: Target, eventText: string, error: AwsError): void =>
    deadLetter({ ruleArn: rule.arn, target, text: eventText, body: '', ...WAITS, dueAt: 0 }, error, 'MaximumRetryAttempts');

  const toRule = (rule: Rule, event: BusEvent, eventText: string): void => {
    for (const outlet of rule.outlets) {
      const { target, fill } = outlet;
      const body = fill(event, eventText, { ruleArn: rule.arn, ruleName: rule.name, ingestedAt: scheduler.now() });
      if (body === undefined) refuse(rule, target, eventText, invalidJson());
      else if (!permitted(outlet, rule))
        refuse(rule, target, eventText, new AwsError('AccessDenied', 'Lack of permissions to invoke the target.'));
      else {
        const fault = faults?.delivery(target.Arn);
        hand(outlet, rule, body, eventText, fault?.kind === 'delay' ? fault.ms : 0);
        if (fault?.kind === 'duplicate') hand(outlet, rule, body, eventText, 0);
      }
    }
  };
  return { toRule, pending };
};
