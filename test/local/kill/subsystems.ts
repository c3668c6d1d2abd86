import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { DeleteMessageCommand, GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { localAws } from '../../../client/aws.ts';
import { ActionCancelled, ActionRequested } from '../../../shared/contracts/action.ts';
import { subsystems } from '../../../workflows/vocabulary/index.ts';
import type { Effect } from '../../simulation/outside/city.ts';
import type { Dice } from '../../simulation/scenario.ts';
import { paperwork } from '../../support/statements.ts';
import type { Bus } from './bus.ts';

export interface Subsystems {
  readonly effects: ReadonlyMap<string, Effect>;
  readonly tombstones: ReadonlySet<string>;
  /** Answers not yet on the bus. */
  busy(): number;
  stop(): void;
}

const sameAsk = ({ requestedAt: _, units, ...rest }: ActionRequested): string =>
  JSON.stringify({ ...rest, units: units.map(({ id, fence }) => `${id}@${fence}`).sort() });

/** Every subsystem of the city: reads its queue with the plain SDK, does each action once however often it is asked, and answers until the bus has it. */
export const openSubsystems = (endpoint: string, bus: Bus, dice: Dice, now: () => number): Subsystems => {
  const client = new SQSClient({ ...localAws(endpoint), maxAttempts: 1 });
  const effects = new Map<string, Effect>();
  const tombstones = new Set<string>();
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal); // each queue listens to it
  let busy = 0;

  const answer = async (effect: Effect, word: 'completed' | 'failed'): Promise<void> => {
    const { actionId, subsystem } = effect.asked;
    busy += 1;
    effect.answer ??= word;
    effect.said.add(word);
    await bus.put(subsystem, `action.${word}`, { actionId, ...(word === 'failed' ? { error: 'BROKEN' } : {}) });
    effect.answeredAt ??= now();
    busy -= 1;
  };
  const filed = new Set<string>();
  const file = async (incidentId: string): Promise<void> => {
    if (filed.has(incidentId)) return;
    filed.add(incidentId);
    busy += 1;
    const { source, type, detail } = paperwork(incidentId, now());
    await bus.put(source, type, detail as object);
    busy -= 1;
  };
  const requested = (asked: ActionRequested): void => {
    const known = effects.get(asked.actionId);
    if (known) {
      known.requests += 1;
      if (sameAsk(known.asked) !== sameAsk(asked)) known.otherwise.push(sameAsk(asked));
      if (known.answer && known.answeredAt !== undefined) void answer(known, known.answer);
      return;
    }
    const effect: Effect = { asked, at: now(), requests: 1, otherwise: [], said: new Set(), cancelled: [] };
    effects.set(asked.actionId, effect);
    void file(asked.incidentId);
    if (tombstones.has(asked.actionId)) return;
    busy += 1;
    void pause(dice.whole(20, 700)).then(() => {
      busy -= 1;
      return answer(effect, dice.chance(0.05) ? 'failed' : 'completed');
    });
  };
  const cancelled = ({ actionId, undo }: ActionCancelled): void => {
    const effect = effects.get(actionId);
    if (effect) effect.cancelled.push({ at: now(), undo, before: effect.answer === undefined });
    else tombstones.add(actionId);
  };
  const take = (body: string): void => {
    const { 'detail-type': type, detail } = JSON.parse(body) as { 'detail-type': string; detail: unknown };
    if (type === 'action.requested') requested(ActionRequested.parse(detail));
    else if (type === 'action.cancelled') cancelled(ActionCancelled.parse(detail));
  };
  const read = async (subsystem: string): Promise<void> => {
    const options = { abortSignal: stopping.signal };
    let QueueUrl: string | undefined;
    while (!stopping.signal.aborted) {
      try {
        QueueUrl ??= (await client.send(new GetQueueUrlCommand({ QueueName: `swoe-dev-actions-${subsystem}` }), options)).QueueUrl;
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5, MaxNumberOfMessages: 10 }),
          options,
        );
        for (const { Body = '', ReceiptHandle } of Messages) {
          take(Body);
          await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }), options);
        }
      } catch {
        await pause(100); // the machine is away; what was in flight comes again
      }
    }
  };
  for (const subsystem of subsystems) void read(subsystem);

  return { effects, tombstones, busy: () => busy, stop: () => stopping.abort() };
};
