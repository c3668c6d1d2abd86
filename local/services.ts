import type { Gateway } from './engines/gateway/index.ts';
import type { Serve } from './kernel/engine.ts';
import type { Engines } from './template/deploy.ts';

/** The engine behind a service's name; `execute-api https://…` is a stage's connections. */
export const engineOf = (
  { buckets, dynamodb, events, functions, keys, queues, schedules, states }: Engines,
  gateway: Gateway,
): ((service: string) => Serve | undefined) => {
  const known = new Map<string, Serve>(
    Object.entries({
      dynamodb: dynamodb.serve,
      dynamodbstreams: dynamodb.streams,
      events: events.serve,
      kms: keys.serve,
      lambda: functions.serve,
      s3: buckets.serve,
      sqs: queues.serve,
      scheduler: schedules.serve,
      states: states.serve,
    }),
  );
  return (service) => {
    const [name, endpoint] = service.split(' ');
    if (name === 'execute-api' && endpoint && !known.has(service)) known.set(service, gateway.connections(endpoint));
    return known.get(service);
  };
};
