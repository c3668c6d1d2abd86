import type { Context } from '../context.ts';
import { invalid } from '../faults.ts';
import { checkShape, flag, type Input, map, type Output, shape, text } from '../input.ts';
import { named } from './describe.ts';

export const describeTimeToLive = (context: Context, input: Input): Output => {
  const { timeToLive } = named(context, input);
  return {
    TimeToLiveDescription: timeToLive
      ? { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive.attributeName }
      : { TimeToLiveStatus: 'DISABLED' },
  };
};

const SPECIFICATION = shape({ AttributeName: 'string', Enabled: 'boolean' });

/** Acts at once; AWS takes up to an hour. */
export const updateTimeToLive = (context: Context, input: Input): Output => {
  const wanted = map(input, 'TimeToLiveSpecification');
  checkShape('TimeToLiveSpecification', wanted, SPECIFICATION, ['AttributeName', 'Enabled']);
  const table = named(context, input);
  const AttributeName = text(wanted, 'AttributeName') ?? '';
  const Enabled = flag(wanted, 'Enabled');
  const current = table.timeToLive?.attributeName;
  if (current !== undefined && current !== AttributeName)
    throw invalid(`TimeToLive is active on a different AttributeName: current AttributeName is ${current}`);
  if (Enabled === (current !== undefined)) throw invalid(`TimeToLive is already ${Enabled ? 'enabled' : 'disabled'}`);
  const definition = { ...table.definition, TimeToLiveSpecification: { AttributeName, Enabled } };
  context.store.putTable({ table: definition, ...table.birth });
  return { TimeToLiveSpecification: { AttributeName, Enabled } };
};
