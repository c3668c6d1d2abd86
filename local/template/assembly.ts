import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../kernel/refusal.ts';

/** One resource as CloudFormation has it, before anything is resolved. */
export interface RawResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export interface RawTemplate {
  readonly Resources: Readonly<Record<string, RawResource>>;
  readonly Outputs?: Readonly<Record<string, { Value: unknown; Export?: { Name: unknown } }>>;
  readonly Parameters?: Readonly<Record<string, { Default?: unknown }>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
}

export interface Stack {
  readonly name: string;
  readonly template: RawTemplate;
  /** Asset object keys (`<hash>.zip`) and where they stand on this disk. */
  readonly assets: ReadonlyMap<string, string>;
}

interface Artifact {
  readonly type: string;
  readonly properties?: { templateFile?: string; stackName?: string; directoryName?: string; file?: string };
}

interface AssetFile {
  readonly source?: { path?: string };
  readonly destinations?: Readonly<Record<string, { objectKey?: string }>>;
}

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

const assetsOf = (dir: string, artifacts: readonly Artifact[]): Map<string, string> => {
  const assets = new Map<string, string>();
  for (const { type, properties } of artifacts) {
    if (type !== 'cdk:asset-manifest' || !properties?.file) continue;
    const { files = {} } = readJson<{ files?: Record<string, AssetFile> }>(join(dir, properties.file));
    for (const { source, destinations = {} } of Object.values(files)) {
      for (const { objectKey } of Object.values(destinations)) if (objectKey && source?.path) assets.set(objectKey, join(dir, source.path));
    }
  }
  return assets;
};

/** Every stack of a synthesised CDK app (its `cdk.out`), those of nested assemblies (CDK stages) too. */
export const loadAssembly = (dir: string): Stack[] => {
  const manifest = join(dir, 'manifest.json');
  if (!existsSync(manifest)) throw new Refusal(`${dir} holds no synthesised app (manifest.json is missing): run npm run synth first.`);
  const { artifacts = {} } = readJson<{ artifacts?: Record<string, Artifact> }>(manifest);
  const all = Object.entries(artifacts);
  const assets = assetsOf(
    dir,
    all.map(([, artifact]) => artifact),
  );
  return all.flatMap(([id, { type, properties = {} }]): Stack[] => {
    if (type === 'cdk:cloud-assembly' && properties.directoryName) return loadAssembly(join(dir, properties.directoryName));
    if (type !== 'aws:cloudformation:stack' || !properties.templateFile) return [];
    return [{ name: properties.stackName ?? id, template: readJson<RawTemplate>(join(dir, properties.templateFile)), assets }];
  });
};
