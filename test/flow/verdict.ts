import { ofServices } from '../../local/audit/sources.ts';
import { verifyAudit } from '../../local/audit/verify.ts';
import { dynamoDb, kms, s3 } from '../../shared/lambda/clients.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import type { system } from './system.ts';

type Running = Awaited<ReturnType<typeof system>>;

/** One call of an AWS service, as the machine's own user. */
export const ask = async <T>({ live, machine }: Running, service: string, operation: string, input: Record<string, unknown>): Promise<T> =>
  (await live(machine.call(machine.localUser, service, operation, input))) as T;

/** As `npm run audit -- verify` reads it. */
export const verdictOn = (running: Running) => {
  const runtime = {
    env: {},
    random: () => 0,
    pause: async () => {},
    aws: (service: string, operation: string, input: unknown) => ask<object>(running, service, operation, input as Record<string, unknown>),
  } as unknown as Runtime;
  const services = { dynamodb: dynamoDb(runtime), s3: s3(runtime), kms: kms(runtime), stage: 'dev' };
  return verifyAudit(ofServices(services));
};
