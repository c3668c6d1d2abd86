import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLoader } from '../../../local/template/bundles.ts';
import { NOTHING_HERE, RUN } from '../../../local/template/catalogue.ts';
import { deploy, type Engines } from '../../../local/template/deploy.ts';
import type { Resource } from '../../../local/template/index.ts';

const machine = (properties: Record<string, unknown>): Resource => ({
  stack: 'workflows',
  logicalId: 'Gunfire',
  type: 'AWS::StepFunctions::StateMachine',
  properties,
  ref: 'arn:aws:states:us-east-1:000000000000:stateMachine:gunfire',
  attributes: { Name: 'gunfire' },
});
const deployed = (resource: Resource, assets = new Map<string, string>()): unknown => {
  let defined: unknown;
  const states = {
    define: (given: unknown) => {
      defined = given;
    },
  };
  deploy(
    {
      resources: [resource],
      outputs: {},
      exports: new Map(),
      assets,
      ofType: (...types) => (types.includes(resource.type) ? [resource] : []),
    },
    { states } as unknown as Engines,
  );
  return defined;
};

describe('deploying', () => {
  it('fills the substitutions of a definition in and leaves JSONata alone', () => {
    const definition = deployed(
      machine({
        RoleArn: 'arn:role',
        DefinitionString: '{"a":"${StepFunction}","b":"{% ${x} %}"}',
        DefinitionSubstitutions: { StepFunction: 'arn:fn' },
      }),
    );
    expect(definition).toEqual({ name: 'gunfire', definition: '{"a":"arn:fn","b":"{% ${x} %}"}', roleArn: 'arn:role', type: 'STANDARD' });
  });

  it('reads a definition that lies beside the template', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'swoe-definition-')), 'a.json');
    writeFileSync(path, '{"a":"${StepFunction}"}');
    const properties = {
      RoleArn: 'arn:role',
      DefinitionS3Location: { Bucket: 'assets', Key: 'a.json' },
      DefinitionSubstitutions: { StepFunction: 'arn:fn' },
    };
    expect(deployed(machine(properties), new Map([['a.json', path]]))).toMatchObject({ definition: '{"a":"arn:fn"}' });
    expect(() => deployed(machine(properties))).toThrow('its definition a.json is no asset of the assembly');
    rmSync(dirname(path), { recursive: true });
  });

  it('names stack and logical id in an engine’s complaint', () => {
    expect(() => deployed(machine({ RoleArn: 'arn:role' }))).toThrow(
      'AWS::StepFunctions::StateMachine Gunfire in stack workflows cannot be run here: workflows.Gunfire: its definition must stand in the template or beside it',
    );
  });
});

describe('a bundle', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'swoe-bundle-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('is imported once and gives its factory', async () => {
    writeFileSync(join(dir, 'index.mjs'), 'export const create = () => async () => 7;');
    const load = createLoader();
    const [one, two] = await Promise.all([load(dir, 'index.handler'), load(dir, 'index.handler')]);
    expect(one).toBe(two);
  });

  it('without a factory is refused by its path', async () => {
    writeFileSync(join(dir, 'index.mjs'), 'export const handler = 1;');
    await expect(createLoader()(dir, 'index.handler')).rejects.toThrow('index.mjs exports no create');
  });
});

describe('the catalogue', () => {
  it('lists no type twice and gives each that means nothing a reason', () => {
    expect(Object.keys(RUN).filter((type) => Object.hasOwn(NOTHING_HERE, type))).toEqual([]);
    for (const why of Object.values(NOTHING_HERE)) expect(why.length).toBeGreaterThan(20);
  });
});
