import { describe, expect, it } from 'vitest';
import { parted } from '../../../statemachines/interpret/states/batches.ts';
import { BEGIN, jsonata, outputOf, play, task, typesOf } from './play.ts';

const DISTRIBUTED = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };
const inner = (state: object, config?: object) => ({
  StartAt: 'I',
  States: { I: state },
  ...(config ? { ProcessorConfig: config } : {}),
});
const each = task({ Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' }, Output: '{% $states.result.Payload %}' });
const pass = { Type: 'Pass', End: true };
const map = (more: object, processor: object = inner(pass)) =>
  jsonata({ M: { Type: 'Map', Items: '{% $states.input %}', ItemProcessor: processor, End: true, ...more } });
const failing = (count: number) => ({
  I: (_: number, order: { arguments: unknown }) => {
    const { Payload } = order.arguments as { Payload: number };
    return Payload < count ? { error: 'Boom', cause: 'why' } : { output: { Payload } };
  },
});
const ten = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const EXCEEDED = { error: 'States.ExceedToleratedFailureThreshold', cause: 'The specified tolerated failure threshold was exceeded' };

describe('Map', () => {
  it('an inline Map runs 40 iterations at once and no more, whatever MaxConcurrency says', async () => {
    const input = Array.from({ length: 41 }, (_, index) => index);
    const tasks = { I: () => ({ output: { Payload: 1 }, after: 1000 }) };
    expect((await play(map({}, inner(each)), { input, tasks })).scheduler.now() - BEGIN).toBe(2000);
    expect((await play(map({ MaxConcurrency: 100 }, inner(each)), { input, tasks })).scheduler.now() - BEGIN).toBe(2000);
    expect((await play(map({}, inner(each, DISTRIBUTED)), { input, tasks })).scheduler.now() - BEGIN).toBe(1000);
  });

  it.each([
    [{ ToleratedFailureCount: 3 }, 3, 'SUCCEEDED'],
    [{ ToleratedFailureCount: 3 }, 4, 'FAILED'],
    [{ ToleratedFailurePercentage: 30 }, 3, 'SUCCEEDED'],
    [{ ToleratedFailurePercentage: '{% 29.9 %}' }, 3, 'FAILED'],
    [{ ToleratedFailureCount: 2, ToleratedFailurePercentage: 90 }, 3, 'FAILED'],
    [{ ToleratedFailureCount: 9, ToleratedFailurePercentage: 20 }, 3, 'FAILED'],
  ])('%j with %d of 10 failed is %s', async (more, count, status) => {
    const { execution } = await play(map(more, inner(each)), { input: ten, tasks: failing(count) });
    expect(execution.status).toBe(status);
    if (status === 'FAILED') expect(execution).toMatchObject(EXCEEDED);
  });

  it('a Map that says what it tolerates, and every distributed one, fails by the threshold; any other by the failure itself', async () => {
    const cast = { input: ten, tasks: failing(1) };
    expect((await play(map({ ToleratedFailureCount: 0 }, inner(each)), cast)).execution).toMatchObject(EXCEEDED);
    expect((await play(map({}, inner(each, DISTRIBUTED)), cast)).execution).toMatchObject(EXCEEDED);
    expect((await play(map({}, inner(each)), cast)).execution).toMatchObject({ error: 'Boom', cause: 'why' });
  });

  it('a distributed Map fails its run before itself', async () => {
    const made = await play(map({}, inner(each, DISTRIBUTED)), { input: ten, tasks: failing(1) });
    expect(typesOf(made).slice(2)).toEqual(['MapStateStarted', 'MapRunStarted', 'MapRunFailed', 'MapStateFailed', 'ExecutionFailed']);
    expect(made.execution.history[4]?.mapRunFailedEventDetails).toEqual(EXCEEDED);
  });

  it('MaxConcurrency and Items are evaluated before the Map starts, its tolerance after', async () => {
    const bad = '{% $nothing %}';
    const before = ['MapStateEntered', 'EvaluationFailed', 'MapStateFailed', 'ExecutionFailed'];
    expect(typesOf(await play(map({ MaxConcurrency: bad }))).slice(1)).toEqual(before);
    expect(typesOf(await play(map({ Items: bad }))).slice(1)).toEqual(before);
    const after = ['MapStateEntered', 'MapStateStarted', 'EvaluationFailed', 'MapStateFailed', 'ExecutionFailed'];
    expect(typesOf(await play(map({ ToleratedFailureCount: bad }), { input: [] })).slice(1)).toEqual(after);
  });

  it('an item that cannot be selected fails the Map, and no iteration was begun for it', async () => {
    const ItemSelector = { v: '{% $states.context.Map.Item.Value.v %}' };
    const made = await play(map({ ItemSelector }, inner({ Type: 'Wait', Seconds: 9, End: true })), { input: [{ v: 1 }, {}] });
    expect(typesOf(made).slice(3)).toEqual([
      'MapIterationStarted',
      'EvaluationFailed',
      'MapIterationAborted',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
    expect(made.execution.error).toBe('States.QueryEvaluationError');
  });

  it('iterations of a distributed Map see no variables from outside', async () => {
    const see = inner({ Type: 'Pass', Output: '{% $exists($v) %}', End: true }, DISTRIBUTED);
    const made = await play(
      jsonata({
        A: { Type: 'Pass', Assign: { v: 1 }, Next: 'M' },
        M: { Type: 'Map', Items: [1], ItemProcessor: see, End: true },
      }),
    );
    expect(outputOf(made)).toEqual([false]);
  });
});

describe('ItemReader', () => {
  const reads = (more: object = {}) =>
    map(
      { Items: undefined, ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Arguments: { Bucket: 'b' }, ...more } },
      inner(pass, DISTRIBUTED),
    );
  const definition = (more?: object) => JSON.parse(JSON.stringify(reads(more)));

  it('a Map starts, with a length of 0, before it reads; the items are read to MaxItems', async () => {
    const made = await play(definition({ ReaderConfig: { MaxItems: '{% 2 %}' } }), { tasks: { M: () => ({ output: [1, 2, 3] }) } });
    expect(outputOf(made)).toEqual([1, 2]);
    expect(made.orders.map(({ arguments: given }) => given)).toEqual([{ Bucket: 'b' }]);
    expect(typesOf(made).slice(2, 5)).toEqual(['MapStateStarted', 'MapRunStarted', 'MapRunSucceeded']);
    expect(made.execution.history[2]?.mapStateStartedEventDetails).toEqual({ length: 0 });
  });

  it('what cannot be read is States.ItemReaderFailed, of the run and of the Map', async () => {
    for (const outcome of [{ error: 'S3.NoSuchKeyException', cause: 'no such key' }, { output: { no: 'list' } }]) {
      const made = await play(definition(), { tasks: { M: () => outcome } });
      expect(typesOf(made).slice(2)).toEqual(['MapStateStarted', 'MapRunStarted', 'MapRunFailed', 'MapStateFailed', 'ExecutionFailed']);
      expect(made.execution.error).toBe('States.ItemReaderFailed');
    }
  });
});

describe('ItemBatcher', () => {
  it('an iteration gets several items and the BatchInput, each item selected before', async () => {
    const made = await play(
      map(
        {
          ItemSelector: '{% $states.context.Map.Item.Value * 10 %}',
          ItemBatcher: { MaxItemsPerBatch: '{% 2 %}', BatchInput: { n: '{% $count($states.input) %}' } },
        },
        inner(pass, DISTRIBUTED),
      ),
      { input: [1, 2, 3] },
    );
    expect(outputOf(made)).toEqual([
      { BatchInput: { n: 3 }, Items: [10, 20] },
      { BatchInput: { n: 3 }, Items: [30] },
    ]);
  });

  it('a batch that fails counts for all its items', async () => {
    const batch = inner(task({ Arguments: '{% $states.input %}' }), DISTRIBUTED);
    const run = (ToleratedFailureCount: number) =>
      play(map({ ItemBatcher: { MaxItemsPerBatch: 3 }, ToleratedFailureCount }, batch), {
        input: [1, 2, 3, 4],
        tasks: { I: (_, order) => ((order.arguments as { Items: unknown[] }).Items.length === 3 ? { error: 'Boom' } : { output: 'ok' }) },
      });
    expect((await run(2)).execution).toMatchObject(EXCEEDED);
    expect((await run(3)).execution.status).toBe('SUCCEEDED');
  });

  it('a batch takes so many bytes and no more, and an item that is larger stands alone', () => {
    expect(parted(['aa', 'bb', 'cccccccccc', 'd'], 9, 8)).toEqual([['aa', 'bb'], ['cccccccccc'], ['d']]);
    expect(parted([], 9, 8)).toEqual([]);
  });
});
