import type { BusEntry } from '../../client/bus.ts';
import { type Rest, RestError, restOver } from '../../client/rest.ts';
import { type City, createCity } from '../../local/city/city.ts';
import type { Inbox, Letter } from '../../local/city/inbox.ts';
import { createPeople } from '../../local/city/people.ts';
import type { Stage } from '../../local/city/scenarios/play.ts';
import type { Role } from '../../shared/contracts/vocabulary.ts';
import type { System } from './system.ts';

/** Hours of the virtual clock would otherwise be spent on signs of life and on looking. */
const HEARTBEAT_MS = 10 * 60_000;
const LOOK_MS = 2000;

/** The simulated city in this process, on the system's own clock: the very desks, fleet and clerk that `npm start` runs, without a socket. */
export const town = async (running: System, options: { failureRate?: number; speed?: number } = {}): Promise<City & Stage> => {
  const { machine, scheduler } = running;
  const call = (service: string, operation: string, input: Record<string, unknown>) =>
    machine.call(machine.localUser, service, operation, input);

  const put = async (entries: readonly BusEntry[]) => {
    for (let from = 0; from < entries.length; from += 10) {
      const Entries = entries
        .slice(from, from + 10)
        .map(({ source, type, detail }) => ({ EventBusName: 'swoe', Source: source, DetailType: type, Detail: JSON.stringify(detail) }));
      await call('events', 'PutEvents', { Entries });
    }
    return { accepted: entries.length, refused: [] };
  };

  const inboxOf = (subsystem: string, onLetter: (letter: Letter) => void): Inbox => {
    const QueueUrl = `http://127.0.0.1:4566/000000000000/swoe-dev-actions-${subsystem}`;
    let stopped = false;
    const serve = async (): Promise<void> => {
      while (!stopped) {
        const answer = await call('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 20 });
        for (const { Body, ReceiptHandle } of (answer as { Messages?: { Body: string; ReceiptHandle: string }[] }).Messages ?? [])
          onLetter({ body: Body, remove: () => void call('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle }) });
      }
    };
    void serve();
    return {
      stop: () => {
        stopped = true;
      },
    };
  };

  const ask = async <T>(role: Role, method: string, path: string, body: unknown, sub?: string): Promise<T> => {
    const { status, body: said } = await running.rest<T & { detail?: string }>(role, method, path, body, sub);
    if (status >= 300) throw new RestError(status, `${method} ${path} answered ${status}: ${said.detail ?? ''}`);
    return said;
  };
  const restAs = (role: Role, who: 'first' | 'second' = 'first'): Rest => {
    const sub = who === 'first' ? `local-${role}` : `local-${role}-2`;
    return restOver(({ method, path, body }) => ask(role, method, path, body, sub));
  };

  const { failureRate = 0, speed = 20 } = options;
  const city = createCity({ bus: { put }, inboxOf, scheduler, failureRate, speed, heartbeatMs: HEARTBEAT_MS, restateMs: HEARTBEAT_MS });
  await running.live(city.awake);
  await running.pass(1000);
  return {
    ...city,
    put: (entries) => running.live(put(entries)),
    rest: restAs('viewer'),
    people: createPeople({ restAs, now: scheduler.now }),
    now: scheduler.now,
    wait: (ms) => running.pass(ms),
    lookMs: LOOK_MS,
  };
};
