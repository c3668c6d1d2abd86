import { AwsError } from '../../kernel/aws-error.ts';
import type { Serve } from '../../kernel/engine.ts';
import { ACCOUNT_CONCURRENCY, type Controls } from './controls.ts';
import { functionNameOf, type InvokeConfigProperties, type PermissionProperties, qualifierOf } from './definition.ts';
import { configuration, functionShape, invokeConfigShape, mappingId, mappingShape, policyText } from './describe.ts';
import { type InvokeApiDeps, invokeApi } from './invoke-api.ts';
import type { Mapping } from './mapping.ts';
import type { Pool } from './pool.ts';

type Input = Record<string, unknown>;
type Operation = (input: Input) => Promise<Input> | Input;

export interface ServeDeps extends InvokeApiDeps {
  readonly pools: ReadonlyMap<string, Pool>;
  readonly mappings: ReadonlyMap<string, Mapping>;
  readonly configs: ReadonlyMap<string, InvokeConfigProperties>;
  readonly permissions: ReadonlyMap<string, readonly PermissionProperties[]>;
  readonly controls: Controls;
}

const absent = (message: string): AwsError => new AwsError('ResourceNotFoundException', message, { Type: 'User' });
const invalid = (message: string): AwsError => new AwsError('InvalidParameterValueException', message, { Type: 'User' });

const wholeOf = (value: unknown, name: string, low: number, high: number): number | undefined => {
  if (value === undefined || value === null) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number) || number < low || number > high)
    throw invalid(`1 validation error detected: Value '${String(value)}' at '${name}' must be a whole number from ${low} to ${high}`);
  return number;
};

const finding = ({ pools, mappings }: ServeDeps) => {
  const pool = ({ FunctionName, Qualifier }: Input): Pool => {
    const asked = String(FunctionName ?? '');
    const found = pools.get(functionNameOf(asked));
    const qualifier = Qualifier ?? qualifierOf(asked);
    if (!found || (qualifier !== undefined && qualifier !== '$LATEST')) {
      const name = found?.definition.arn ?? asked;
      throw absent(`Function not found: ${name}${found ? `:${String(qualifier)}` : ''}`);
    }
    return found;
  };
  const mapping = ({ UUID }: Input): Mapping => {
    const found = [...mappings.values()].find((one) => mappingId(one) === UUID);
    if (!found) throw absent(`The resource you requested does not exist: ${String(UUID)}`);
    return found;
  };
  const arnOf = (name: string): string => pools.get(name)?.definition.arn ?? name;
  return { pool, mapping, arnOf };
};

const ofFunctions = (deps: ServeDeps): Record<string, Operation> => {
  const { pools, controls, configs, permissions, settled } = deps;
  const { pool } = finding(deps);
  const invoke = invokeApi(deps);
  return {
    Invoke: (input) => invoke(pool(input), input),
    ListFunctions: () => ({ Functions: [...pools.values()].map(({ definition }) => configuration(definition)) }),
    GetFunction: (input) => functionShape(pool(input)),
    GetFunctionConfiguration: (input) => configuration(pool(input).definition),
    ListVersionsByFunction: (input) => ({ Versions: [configuration(pool(input).definition)] }),
    ListAliases: (input) => ({ Aliases: [], ...(pool(input) && {}) }),
    GetFunctionConcurrency: (input) => {
      const reserved = pool(input).reservation();
      return reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved };
    },
    PutFunctionConcurrency: async (input) => {
      const reserved = wholeOf(input.ReservedConcurrentExecutions, 'reservedConcurrentExecutions', 0, ACCOUNT_CONCURRENCY);
      if (reserved === undefined) throw invalid('ReservedConcurrentExecutions is required.');
      controls.reserve(pool(input).definition.name, reserved);
      await settled();
      return { ReservedConcurrentExecutions: reserved };
    },
    DeleteFunctionConcurrency: async (input) => {
      controls.reserve(pool(input).definition.name, null);
      await settled();
      return {};
    },
    GetPolicy: (input) => {
      const { name, arn } = pool(input).definition;
      const own = permissions.get(name) ?? [];
      if (own.length === 0) throw absent('The resource you requested does not exist.');
      return { Policy: policyText(arn, own), RevisionId: 'local' };
    },
    GetFunctionEventInvokeConfig: (input) => {
      const { name, arn } = pool(input).definition;
      const config = configs.get(name);
      if (!config) throw absent(`The function ${arn}:$LATEST doesn't have an EventInvokeConfig`);
      return invokeConfigShape(arn, config);
    },
    ListFunctionEventInvokeConfigs: (input) => {
      const { name, arn } = pool(input).definition;
      const config = configs.get(name);
      return { FunctionEventInvokeConfigs: config ? [invokeConfigShape(arn, config)] : [] };
    },
    GetAccountSettings: () => {
      const reserved = [...pools.values()].reduce((sum, one) => sum + (one.reservation() ?? 0), 0);
      return {
        AccountLimit: { ConcurrentExecutions: ACCOUNT_CONCURRENCY, UnreservedConcurrentExecutions: ACCOUNT_CONCURRENCY - reserved },
        AccountUsage: { FunctionCount: pools.size },
      };
    },
  };
};

const ofMappings = (deps: ServeDeps): Record<string, Operation> => {
  const { mappings, controls, settled } = deps;
  const { mapping, arnOf } = finding(deps);
  const shape = (one: Mapping): Input => mappingShape(one, arnOf(one.functionName));
  return {
    ListEventSourceMappings: ({ FunctionName, EventSourceArn }) => ({
      EventSourceMappings: [...mappings.values()]
        .filter((one) => FunctionName === undefined || one.functionName === functionNameOf(String(FunctionName)))
        .filter((one) => EventSourceArn === undefined || one.sourceArn === EventSourceArn)
        .map(shape),
    }),
    GetEventSourceMapping: (input) => shape(mapping(input)),
    UpdateEventSourceMapping: async (input) => {
      const { UUID: _, FunctionName: _function, Enabled, BatchSize, ...others } = input;
      const odd = Object.keys(others).find((name) => others[name] !== undefined);
      if (odd)
        throw invalid(
          `${odd} of a local event source mapping comes from the template: change it there. Enabled and BatchSize may be changed here.`,
        );
      const { id } = mapping(input);
      const batchSize = wholeOf(BatchSize, 'batchSize', 1, 10_000);
      const changed = controls.change(id, {
        ...(Enabled === undefined ? {} : { enabled: String(Enabled) === 'true' }),
        ...(batchSize === undefined ? {} : { batchSize }),
      });
      await settled();
      return shape(changed);
    },
  };
};

const CHANGES = /^(Create|Update|Delete|Publish|Add|Remove|Put|Tag|Untag)/;

/** Lambda's API as far as an operator needs it. What the template says is changed in the template. */
export const serving = (deps: ServeDeps): Serve => {
  const served = { ...ofFunctions(deps), ...ofMappings(deps) };
  return async (operation, input) => {
    const run = Object.hasOwn(served, operation) ? served[operation as keyof typeof served] : undefined;
    if (run) return run(input);
    if (CHANGES.test(operation))
      throw invalid(`The local Lambda does not serve ${operation}: its functions come from the template. Change infra/ and start again.`);
    throw new AwsError('UnknownOperationException', `The local Lambda does not serve ${operation}.`);
  };
};
