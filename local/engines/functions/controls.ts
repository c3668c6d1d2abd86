import { AwsError } from '../../kernel/aws-error.ts';
import type { Log } from '../../kernel/log.ts';
import type { Mapping } from './mapping.ts';
import type { Pool } from './pool.ts';

export interface MappingChange {
  readonly enabled?: boolean | undefined;
  readonly batchSize?: number | undefined;
}

/** What was changed by hand, over the template's word; as in AWS it stays until someone changes it back. */
export type ControlRecord =
  | { op: 'concurrency'; functionName: string; reserved: number | null }
  | ({ op: 'mapping'; id: string } & MappingChange);

export interface ControlDeps {
  readonly log: Log;
  readonly pools: ReadonlyMap<string, Pool>;
  readonly mappings: Map<string, Mapping>;
  /** Told of a mapping that is other than it was. */
  readonly changed: (mapping: Mapping) => void;
}

/** Lambda's account has room for a thousand at once, and a hundred of them may not be reserved. */
export const ACCOUNT_CONCURRENCY = 1000;
const NEVER_RESERVED = 100;

export const createControls = ({ log, pools, mappings, changed }: ControlDeps) => {
  const changes = new Map<string, MappingChange>();

  const apply = (record: ControlRecord): void => {
    if (record.op === 'concurrency') {
      const pool = pools.get(record.functionName);
      if (pool) pool.reserved = record.reserved;
      return;
    }
    const { op: _, id, ...change } = record;
    const mapping = mappings.get(id);
    if (!mapping) return;
    const whole = { ...changes.get(id), ...change };
    changes.set(id, whole);
    mappings.set(id, { ...mapping, enabled: whole.enabled ?? mapping.enabled, batchSize: whole.batchSize ?? mapping.batchSize });
  };
  const commit = (record: ControlRecord): void => {
    log.write('functions', record);
    apply(record);
  };

  const reserve = (functionName: string, reserved: number | null): void => {
    const others = [...pools.values()].filter(({ definition }) => definition.name !== functionName);
    const taken = others.reduce((sum, pool) => sum + (pool.reservation() ?? 0), 0);
    if (reserved !== null && taken + reserved > ACCOUNT_CONCURRENCY - NEVER_RESERVED)
      throw new AwsError(
        'InvalidParameterValueException',
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${NEVER_RESERVED}].`,
      );
    commit({ op: 'concurrency', functionName, reserved });
  };

  return {
    reserve,
    /** Forgets nothing of what the change does not name. */
    change: (id: string, change: MappingChange): Mapping => {
      commit({ op: 'mapping', id, ...change });
      const mapping = mappings.get(id) as Mapping;
      changed(mapping);
      return mapping;
    },
    apply,
    snapshot: (): ControlRecord[] => [
      ...[...pools.values()].flatMap(({ definition, reserved }): ControlRecord[] =>
        reserved === undefined ? [] : [{ op: 'concurrency', functionName: definition.name, reserved }],
      ),
      ...Array.from(changes, ([id, change]): ControlRecord => ({ op: 'mapping', id, ...change })),
    ],
  };
};

export type Controls = ReturnType<typeof createControls>;
