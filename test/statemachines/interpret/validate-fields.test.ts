import { describe, expect, it } from 'vitest';
import { validate, validateText } from '../../../statemachines/interpret/validate/validate.ts';
import { jsonata, task } from './play.ts';

const SCHEMA = 'SCHEMA_VALIDATION_FAILED';
const END = { Type: 'Succeed' };
const pass = (more: object) => jsonata({ A: { Type: 'Pass', End: true, ...more } });
const asked = (more: object) => jsonata({ A: JSON.parse(JSON.stringify(task(more))) });

const told = (definition: unknown): string[] => validate(definition).map(({ code, place }) => `${code} ${place}`);

const PROCESSOR = { StartAt: 'I', States: { I: END } };
const DISTRIBUTED = { ...PROCESSOR, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
const map = (more: object) => jsonata({ M: { Type: 'Map', ItemProcessor: DISTRIBUTED, End: true, ...more } });
const READER = { Resource: 'arn:aws:states:::s3:getObject', Arguments: { Bucket: 'b', Key: 'k' } };

describe('expressions at creation', () => {
  const refused = ['INVALID_JSONATA /States/A/Output'];

  it.each([
    ['{%1%}', refused],
    ['{% 1 %', refused],
    ['1 %}', refused],
    ['{% \n1 %}', refused],
    ['{%  1 %}', []],
    ['{% (\n 1\n) %}', []],
    [' {% 1 + %}', refused],
    ['{% $states.input.a ?? 1 %}', refused],
    ['{% $states.input.a ?: 1 %}', refused],
    ['{% $exists($states.input.a) ? $states.input.a : 1 %}', []],
    ['{% $states.input.a ? $states.input.a : 1 %}', []],
    ['{% $states.input.("?? and $eval(x)") %}', []],
    ['{% $map($states.input.a, $eval) %}', refused],
    ['{% name %}', refused],
    ['{% $.name & "x" %}', refused],
    ['{% $sum([1, name]) %}', refused],
    ['{% ($x := $$; $x) %}', refused],
    ['{% $states.input.items[price > 1].{"name": name, "self": $} %}', []],
    ['{% $map($states.input.items, function($i) { $i.price }) %}', []],
    ['{% ($x := $states.input; $x.name) %}', []],
    ['{% $states.input.rows^(>price){kind: $sum(price)} %}', []],
    ['{% $states.result %}', refused],
    ['{% "$states.result" & $states.input.result %}', []],
  ])('%j is told %j', (Output, expected) => {
    expect(told(pass({ Output }))).toEqual(expected);
  });

  it('a result is seen in Output and Assign of a Task, Parallel and Map, an error in those of a Catch, and nowhere else', () => {
    const result = '{% $states.result %}';
    const error = '{% $states.errorOutput.Error %}';
    const Catch = (more: object) => [{ ErrorEquals: ['States.ALL'], Next: 'A', ...more }];
    expect(told(asked({ Output: result, Assign: { r: result }, Catch: Catch({ Output: error, Assign: { e: error } }) }))).toEqual([]);
    expect(told(asked({ Arguments: { a: { b: [result] } } }))).toEqual(['INVALID_JSONATA /States/A/Arguments/a/b/0']);
    expect(told(asked({ TimeoutSeconds: '{% $states.result.t %}' }))).toEqual(['INVALID_JSONATA /States/A/TimeoutSeconds']);
    expect(told(asked({ Assign: { e: error } }))).toEqual(['INVALID_JSONATA /States/A/Assign/e']);
    expect(told(asked({ Catch: Catch({ Output: result }) }))).toEqual(['INVALID_JSONATA /States/A/Catch/0/Output']);
  });
});

describe('variables at creation', () => {
  it.each(['top-level', 'a.b', 'a[0]', '1a', '_a', '', 'states', 'x'.repeat(81)])('%j names no variable', (name) => {
    expect(told(pass({ Assign: { [name]: 1 } }))).toEqual(
      name === '' ? ['INVALID_JSONATA /States/A/Assign/'] : [`INVALID_JSONATA /States/A/Assign/${name}`],
    );
  });

  it.each(['a', 'aB_9', 'straße', '名前', 'x'.repeat(80)])('%j names one', (name) => {
    expect(told(pass({ Assign: { [name]: 1 } }))).toEqual([]);
  });

  it('Assign is an object, whatever an expression would give', () => {
    expect(told(pass({ Assign: '{% {"a": 1} %}' }))).toEqual(['INVALID_JSONATA /States/A/Assign']);
  });

  it('an inner scope assigns no name of an outer one; a Catch assigns in the scope of its state; siblings share nothing', () => {
    const branch = (state: string, name: string) => ({
      StartAt: state,
      States: { [state]: { Type: 'Pass', Assign: { [name]: 1 }, End: true } },
    });
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Z', Assign: { outer: 1 } }];
    const forked = (name: string) =>
      jsonata({
        P: { Type: 'Parallel', Branches: [branch('B', 'own'), branch('C', name)], Catch, End: true },
        Z: END,
      });
    expect(told(forked('own'))).toEqual([]);
    expect(told(forked('outer'))).toEqual(['DUPLICATE_VARIABLE /States/P/Branches/1/States/C/Assign/outer']);
  });
});

describe('fields at creation', () => {
  it.each([
    ['a Task whose Resource is no URI', asked({ Resource: 'lambda' }), [`${SCHEMA} /States/A/Resource`]],
    ['a Task whose Resource is an expression', asked({ Resource: '{% $r %}' }), [`${SCHEMA} /States/A/Resource`]],
    ['an ARN that ends in nothing', asked({ Resource: 'arn:aws:states:::lambda:' }), [`${SCHEMA} /States/A/Resource`]],
    ['an ARN of no partition', asked({ Resource: 'arn:azure:states:::lambda:invoke' }), [`${SCHEMA} /States/A/Resource`]],
    ['Arguments that are a list', asked({ Arguments: [] }), [`${SCHEMA} /States/A/Arguments`]],
    ['Arguments that are a plain text', asked({ Arguments: 'x' }), [`${SCHEMA} /States/A/Arguments`]],
    ['Credentials that are null', asked({ Credentials: null }), [`${SCHEMA} /States/A/Credentials`]],
    ['a Comment that is no text', pass({ Comment: 1 }), [`${SCHEMA} /States/A/Comment`]],
    ['a Comment on the machine that is no text', { ...pass({}), Comment: {} }, [`${SCHEMA} /Comment`]],
    [
      'a delay of a year',
      asked({ Retry: [{ ErrorEquals: ['X'], MaxDelaySeconds: 31_622_400 }] }),
      [`${SCHEMA} /States/A/Retry/0/MaxDelaySeconds`],
    ],
    ['an error name that is none', asked({ Retry: [{ ErrorEquals: [] }] }), [`${SCHEMA} /States/A/Retry/0/ErrorEquals`]],
    [
      'a Wait until the 30th of February',
      jsonata({ A: { Type: 'Wait', Timestamp: '2026-13-30T00:00:00Z', End: true } }),
      [`${SCHEMA} /States/A/Timestamp`],
    ],
    ['Retry on a Pass', pass({ Retry: [] }), [`${SCHEMA} /States/A/Retry`]],
    ['Assign on a Succeed', jsonata({ A: { ...END, Assign: {} } }), [`${SCHEMA} /States/A/Assign`]],
    [
      'a Choice with a Next',
      jsonata({ A: { Type: 'Choice', Choices: [{ Condition: true, Next: 'B' }], Next: 'B' }, B: END }),
      [`${SCHEMA} /States/A/Next`],
    ],
  ])('%s is refused', (_, definition, expected) => {
    expect(told(definition)).toEqual(expected);
  });

  it.each([
    [
      'every field of a distributed Map',
      {
        ItemReader: { ...READER, ReaderConfig: { InputType: 'CSV', MaxItems: '{% 5 %}', CSVHeaderLocation: 'FIRST_ROW' } },
        ItemBatcher: { MaxItemsPerBatch: 5, BatchInput: '{% $states.input %}' },
        ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: 'b' } },
        Label: 'each-1',
      },
      [],
    ],
    ['a writer that writes nowhere', { ResultWriter: { WriterConfig: { Transformation: 'COMPACT' } } }, []],
    ['an inline mode', { ItemProcessor: { ...PROCESSOR, ProcessorConfig: { Mode: 'INLINE' } } }, []],
    ['no processor', { ItemProcessor: undefined }, ['/ItemProcessor']],
    ['an unknown mode', { ItemProcessor: { ...PROCESSOR, ProcessorConfig: { Mode: 'BULK' } } }, ['/ItemProcessor/ProcessorConfig/Mode']],
    [
      'a distributed mode without ExecutionType',
      { ItemProcessor: { ...PROCESSOR, ProcessorConfig: { Mode: 'DISTRIBUTED' } } },
      ['/ItemProcessor/ProcessorConfig/ExecutionType'],
    ],
    ['both Items and ItemReader', { Items: [1], ItemReader: READER }, ['/Items']],
    ['a reader without Resource', { ItemReader: {} }, ['/ItemReader/Resource']],
    ['a reader with Parameters', { ItemReader: { ...READER, Parameters: {} } }, ['/ItemReader/Parameters']],
    [
      'a reader of an unknown format',
      { ItemReader: { ...READER, ReaderConfig: { InputType: 'XML' } } },
      ['/ItemReader/ReaderConfig/InputType'],
    ],
    ['a reader of no items', { ItemReader: { ...READER, ReaderConfig: { MaxItems: 0 } } }, ['/ItemReader/ReaderConfig/MaxItems']],
    [
      'a reader of two limits',
      { ItemReader: { ...READER, ReaderConfig: { MaxItems: 1, MaxItemsPath: '$.n' } } },
      ['/ItemReader/ReaderConfig/MaxItemsPath'],
    ],
    ['a batcher without bounds', { ItemBatcher: { BatchInput: {} } }, ['/ItemBatcher']],
    ['a batch of too many bytes', { ItemBatcher: { MaxInputBytesPerBatch: 262_145 } }, ['/ItemBatcher/MaxInputBytesPerBatch']],
    ['a writer without Resource', { ResultWriter: { Arguments: {} } }, ['/ResultWriter/Resource']],
    ['a label with a blank', { Label: 'a b' }, ['/Label']],
    ['a label of 41 characters', { Label: 'x'.repeat(41) }, ['/Label']],
    ['a percentage over 100', { ToleratedFailurePercentage: 101 }, ['/ToleratedFailurePercentage']],
    ['a concurrency by halves', { MaxConcurrency: 1.5 }, ['/MaxConcurrency']],
  ])('a Map with %s is told so', (_, more, expected) => {
    expect(told(map(more))).toEqual(expected.map((place) => `${SCHEMA} /States/M${place}`));
  });

  it("a state has its own query language or the machine's, wherever it stands", () => {
    const branch = { StartAt: 'B', States: { B: task() } };
    const parallel = { Type: 'Parallel', QueryLanguage: 'JSONata', Branches: [branch], End: true };
    expect(told({ StartAt: 'P', States: { P: parallel } })).toEqual(['JSONPATH_REFUSED /States/P/Branches/0/States/B']);
    expect(told({ StartAt: 'P', QueryLanguage: 'JSONata', States: { P: parallel } })).toEqual([]);
  });

  it('a state does not lead out of its branch, nor into another', () => {
    const branch = { StartAt: 'B', States: { B: { Type: 'Pass', Next: 'Z' } } };
    const forked = jsonata({ P: { Type: 'Parallel', Branches: [branch], Next: 'Z' }, Z: END });
    expect(told(forked)).toEqual([
      'MISSING_TRANSITION_TARGET /States/P/Branches/0/States/B/Next',
      'MISSING_END_STATE /States/P/Branches/0',
    ]);
  });

  it('a text that says a field twice is no definition', () => {
    const text = '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Next":"A","Next":"B","End":true}}}';
    expect(validateText(text)).toMatchObject([
      { code: 'INVALID_JSON_DESCRIPTION', cause: "The definition is not JSON: Duplicate field 'Next'." },
    ]);
    expect(validateText(text.replace('"Next":"A","Next":"B",', ''))).toEqual([]);
  });
});
