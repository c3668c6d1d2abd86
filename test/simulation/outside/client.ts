import type { World } from '../world.ts';

export interface BusEntry {
  readonly source: string;
  readonly type: string;
  /** Text goes as it is. */
  readonly detail: unknown;
}

/** What became of an entry: taken by the bus under this id, refused by it for good, or still being tried. */
export interface Put extends BusEntry {
  readonly at: number;
  eventId?: string;
  refused?: string;
  tries: number;
}

export interface Client {
  /** Puts an entry on the bus until the bus has taken or refused it. */
  put(entry: BusEntry): Promise<Put>;
  /** Every entry that anybody put, in order. */
  readonly puts: readonly Put[];
  /** Calls a service as everybody outside does, and again while the machine is away or busy. */
  call(service: string, operation: string, input: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Asks the REST function as API Gateway would for a person who has shown who they are. */
  rest(person: Person, method: string, path: string, body?: object): Promise<{ status: number; body: unknown } | undefined>;
  pause(ms: number): Promise<void>;
}

export interface Person {
  readonly sub: string;
  readonly role: string;
}

const AGAIN = new Set(['ConnectionLost', 'ThrottlingException', 'ServiceUnavailable', 'InternalServerError', 'RequestLimitExceeded']);
/** What a lost answer looks like to a caller. */
const LOST = /Timeout|Connection|ECONN|socket/i;

const worthAnother = (error: unknown): boolean =>
  error instanceof Error && (AGAIN.has(error.name) || LOST.test(`${error.name} ${error.message}`));

/** The outside's way to the machine: what it wants done it tries until it knows that it was. */
export const createClient = (world: World): Client => {
  const { scheduler } = world;
  const puts: Put[] = [];
  const pause = (ms: number): Promise<void> => new Promise((resolve) => scheduler.after(ms, resolve));

  const call: Client['call'] = async (service, operation, input) => {
    for (;;) {
      try {
        return await world.ask((machine) => machine.call(machine.localUser, service, operation, input));
      } catch (error) {
        if (!worthAnother(error)) throw error;
        await pause(200 + Math.floor(scheduler.random() * 1500));
      }
    }
  };

  const put = async ({ source, type, detail }: BusEntry): Promise<Put> => {
    const own: Put = { source, type, detail, at: scheduler.now(), tries: 0 };
    puts.push(own);
    const Detail = typeof detail === 'string' ? detail : JSON.stringify(detail);
    for (;;) {
      own.tries += 1;
      const answer = await call('events', 'PutEvents', { Entries: [{ EventBusName: 'swoe', Source: source, DetailType: type, Detail }] });
      const [entry] = answer['Entries'] as { EventId?: string; ErrorCode?: string }[];
      if (entry?.EventId) own.eventId = entry.EventId;
      else if (entry?.ErrorCode && !AGAIN.has(entry.ErrorCode)) own.refused = entry.ErrorCode;
      if (own.eventId || own.refused) return own;
      await pause(1000);
    }
  };

  const rest: Client['rest'] = async ({ sub, role }, httpMethod, path, body) => {
    const authorizer = { sub, roles: role, agency: 'riviera-beach-pd', exp: Math.floor(scheduler.now() / 1000) + 3600 };
    const event = {
      httpMethod,
      path: `/orchestration${path}`,
      body: body ? JSON.stringify(body) : null,
      requestContext: { requestId: 'simulated', authorizer },
    };
    const outcome = await world.ask((machine) => machine.invoke('swoe-dev-api', event)).catch(() => undefined);
    if (!outcome?.ok) return undefined;
    const answer = outcome.payload as { statusCode: number; body: string };
    return { status: answer.statusCode, body: JSON.parse(answer.body) };
  };

  return { put, puts, call, rest, pause };
};
