import { loadAssembly } from './assembly.ts';
import { checkCatalogue } from './catalogue.ts';
import { LOCAL, type Place } from './place.ts';
import { type Resolved, type Resource, resolveStacks } from './resolve.ts';

export type { Place } from './place.ts';
export type { Resource } from './resolve.ts';

export interface Template extends Resolved {
  ofType(...types: string[]): Resource[];
}

/** Reads a synthesised app, resolves it as CloudFormation would, and refuses what cannot be run here. */
export const readTemplate = (assembly: string, place: Place = LOCAL): Template => {
  const resolved = resolveStacks(loadAssembly(assembly), place);
  checkCatalogue(resolved.resources);
  const byType = new Map<string, Resource[]>();
  for (const resource of resolved.resources) {
    const known = byType.get(resource.type);
    if (known) known.push(resource);
    else byType.set(resource.type, [resource]);
  }
  return { ...resolved, ofType: (...types) => types.flatMap((type) => byType.get(type) ?? []) };
};
