import { AwsError } from '../../../kernel/aws-error.ts';
import { put } from '../change.ts';
import type { StateMachine } from '../machine.ts';
import { textOf } from '../names.ts';
import type { Context, Operation, Wire } from './context.ts';

/** Tags of state machines, which are all that has tags here. */

const MOST = 50;

const counted = (tags: Record<string, string>, arn: string): Record<string, string> => {
  if (Object.keys(tags).length > MOST) throw new AwsError('TooManyTags', `A resource has at most ${MOST} tags.`, { resourceName: arn });
  return tags;
};

export const tagsIn = ({ tags }: Wire): Record<string, string> =>
  counted(
    Object.fromEntries(
      ((tags ?? []) as { key?: unknown; value?: unknown }[]).map(({ key, value }) => [String(key ?? ''), String(value ?? '')]),
    ),
    '',
  );

const tagged = ({ store }: Context, input: Wire): StateMachine => {
  const arn = textOf(input, 'resourceArn');
  const machine = store.machines.get(arn);
  if (!machine) throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, { resourceName: arn });
  return machine;
};

export const listTagsForResource: Operation = async (context, input) => ({
  tags: Object.entries(tagged(context, input).tags).map(([key, value]) => ({ key, value })),
});

const change = async (context: Context, input: Wire, tags: Record<string, string>): Promise<Wire> => {
  const machine = tagged(context, input);
  put(context, { ...machine, tags: counted(tags, machine.arn) });
  await context.ground.log.settled();
  return {};
};

export const tagResource: Operation = (context, input) => change(context, input, { ...tagged(context, input).tags, ...tagsIn(input) });

export const untagResource: Operation = async (context, input) => {
  const gone = new Set((input['tagKeys'] ?? []) as string[]);
  return change(context, input, Object.fromEntries(Object.entries(tagged(context, input).tags).filter(([key]) => !gone.has(key))));
};
