import { type KeyNodes, toAttribute, toNative, walker } from './documents.ts';
import { createRetry } from './retry.ts';
import type { Runtime, ShortCircuit } from './runtime.ts';

/** The parts of an SDK command that tell what it asks. `schema` holds the operation's name, which no minifier touches. */
interface Command {
  readonly input: object;
  readonly schema?: readonly unknown[];
  readonly clientCommand?: Command;
  readonly inputKeyNodes?: KeyNodes;
  readonly outputKeyNodes?: KeyNodes;
}

interface Plan {
  readonly operation: string;
  readonly inward: (input: object) => object;
  readonly outward: (output: object) => object;
}

const same = (value: object): object => value;

const planOf = (command: Command): Plan => {
  const operation = (command.clientCommand ?? command).schema?.[2];
  if (typeof operation !== 'string')
    throw new Error(
      'An SDK command does not say its operation: this version of the SDK differs from the one shared/lambda/short-circuit.ts knows',
    );
  const { inputKeyNodes, outputKeyNodes } = command;
  return {
    operation,
    inward: inputKeyNodes ? (walker(inputKeyNodes, toAttribute) as Plan['inward']) : same,
    outward: outputKeyNodes ? (walker(outputKeyNodes, toNative as never) as Plan['outward']) : same,
  };
};

const plans = new WeakMap<object, Plan>();

const METADATA = { httpStatusCode: 200, attempts: 1, totalRetryDelay: 0 };

/**
 * A client that is answered in this process: the SDK's commands and the document client's marshalling, without the SDK's
 * middleware, which costs more than all the work behind it (docs/decisions/006).
 */
export const answeredBy = <Client>(service: string, aws: ShortCircuit, { random, pause }: Runtime): Client => {
  const ofDynamoDb = service === 'dynamodb';
  const retry = createRetry({
    attempts: ofDynamoDb ? 4 : 3,
    waitMs: ofDynamoDb ? 25 : 50,
    random,
    pause,
  });
  const send = async (command: Command): Promise<object> => {
    let plan = plans.get(command.constructor);
    if (!plan) {
      plan = planOf(command);
      plans.set(command.constructor, plan);
    }
    const { operation, inward, outward } = plan;
    const input = inward(command.input);
    const output = await retry(() => aws(service, operation, input));
    return { $metadata: METADATA, ...outward(output) };
  };
  return { send, destroy: () => {} } as Client;
};
