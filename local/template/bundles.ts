import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Create } from '../../shared/lambda/runtime.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Resource, Template } from './index.ts';

type Assets = Pick<Template, 'assets'>;

const pathOf = ({ stack, logicalId }: Resource, { assets }: Assets, what: string, key: string): string => {
  const path = assets.get(key);
  if (!path) throw new Error(`${stack}.${logicalId}: its ${what} ${key} is no asset of the assembly`);
  return path;
};

/** Where a function's bundle lies on this disk. */
export const assetPath = (resource: Resource, template: Assets): string =>
  pathOf(resource, template, 'code', String((resource.properties['Code'] as { S3Key?: unknown } | undefined)?.S3Key));

/** Where a state machine's definition lies on this disk; undefined where the template holds it. */
export const definitionPath = (resource: Resource, template: Assets): string | undefined => {
  const location = resource.properties['DefinitionS3Location'] as { Key?: unknown } | undefined;
  return location && pathOf(resource, template, 'definition', String(location.Key));
};

interface Bundle {
  readonly create: Create;
}

export type Loader = (assetPath: string, handlerName: string) => Promise<Bundle>;

/** Imports each bundle once. `handlerName` is Lambda's (`index.handler`); the factory beside the handler is what is used here. */
export const createLoader = (): Loader => {
  const loaded = new Map<string, Promise<Bundle>>();
  const load = async (path: string): Promise<Bundle> => {
    const module = (await import(pathToFileURL(path).href)) as Partial<Bundle>;
    if (typeof module.create !== 'function')
      throw new Refusal(`${path} exports no create: each room's handler.ts must, or the machine cannot hand it its own clock.`);
    return { create: module.create };
  };
  return (assetPath, handlerName) => {
    const path = join(assetPath, `${handlerName.split('.')[0]}.mjs`);
    const known = loaded.get(path) ?? load(path);
    loaded.set(path, known);
    return known;
  };
};

/** Imports every function's bundle now: reading files takes real time, which a virtual clock would not wait for. */
export const preload = async (template: Template, load: Loader): Promise<void> => {
  await Promise.all(template.ofType('AWS::Lambda::Function').map((fn) => load(assetPath(fn, template), String(fn.properties['Handler']))));
};
