import type { RawResource, Stack } from './assembly.ts';
import { type Lookup, NO_VALUE, resolve, truth } from './intrinsics.ts';
import { type Physical, physical } from './physical.ts';
import { type Place, pseudo } from './place.ts';

/** A resource with every reference become a plain name or ARN. */
export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** What Ref gives. */
  readonly ref: string;
  /** What GetAtt gives; `Arn` where the type has one. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Resolved {
  readonly resources: readonly Resource[];
  /** Outputs by `<stack>.<name>`. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What stacks export to others, by the export's name: its value and whose it is. */
  readonly exports: ReadonlyMap<string, { readonly stack: string; readonly value: string }>;
  /** Asset object keys and where they stand on this disk. */
  readonly assets: ReadonlyMap<string, string>;
}

const once = <T>(make: (key: string) => T, cyclic: (key: string) => string): ((key: string) => T) => {
  const known = new Map<string, T>();
  const under = new Set<string>();
  return (key) => {
    const value = known.get(key);
    if (value !== undefined) return value;
    if (under.has(key)) throw new Error(cyclic(key));
    under.add(key);
    const made = make(key);
    under.delete(key);
    known.set(key, made);
    return made;
  };
};

type Imports = (name: string) => unknown;

const scopeOf = ({ name: stack, template }: Stack, place: Place, imported: Imports) => {
  const raw = (logicalId: string): RawResource => {
    const found = template.Resources[logicalId];
    if (!found) throw new Error(`${stack}: nothing is called ${logicalId}`);
    return found;
  };
  const physicalOf = once<Physical>(
    (logicalId) => {
      const { Type, Properties = {} } = raw(logicalId);
      return physical(Type, {
        ...place,
        stack,
        logicalId,
        property: (name) => (name in Properties ? resolve(Properties[name], lookup(logicalId)) : undefined),
      });
    },
    (logicalId) => `${stack}.${logicalId}: its name depends on itself`,
  );
  const condition = once<boolean>(
    (name) => truth(template.Conditions?.[name], lookup(`condition ${name}`)),
    (name) => `${stack}: the condition ${name} depends on itself`,
  );
  const ref = (name: string): unknown => {
    if (name === 'AWS::NoValue') return NO_VALUE;
    const fixed = pseudo(name, stack, place);
    if (fixed !== undefined) return fixed;
    const parameter = template.Parameters?.[name];
    return parameter ? parameter.Default : physicalOf(name).ref;
  };
  const attribute = (logicalId: string, name: string): unknown => {
    const value = physicalOf(logicalId).attributes[name];
    if (value === undefined)
      throw new Error(`${stack}.${logicalId}: ${raw(logicalId).Type} has no attribute ${name} here: add it to local/template/physical.ts`);
    return value;
  };
  const lookup = (where: string): Lookup => ({
    where: `${stack}.${where}`,
    ref,
    attribute,
    imported,
    condition,
    mapping: (map, top, second) => template.Mappings?.[map]?.[top]?.[second],
  });
  return { lookup, physicalOf, condition };
};

type Scope = ReturnType<typeof scopeOf>;

/** Resolves all stacks together: an import finds the other stack's export. Throws naming stack and logical id where it cannot. */
export const resolveStacks = (stacks: readonly Stack[], place: Place): Resolved => {
  const exported: Imports = once<unknown>(
    (name) => {
      for (const stack of stacks) {
        const { lookup } = scope(stack);
        for (const [id, { Value, Export }] of Object.entries(stack.template.Outputs ?? {})) {
          if (Export && String(resolve(Export.Name, lookup(id))) === name) return resolve(Value, lookup(id));
        }
      }
      throw new Error(`No stack exports ${name}`);
    },
    (name) => `the export ${name} depends on itself`,
  );
  const scopes: ReadonlyMap<string, Scope> = new Map(stacks.map((stack) => [stack.name, scopeOf(stack, place, exported)]));
  const scope = (stack: Stack): Scope => scopes.get(stack.name) ?? scopeOf(stack, place, exported);

  const resources = stacks.flatMap((stack) => {
    const { lookup, physicalOf, condition } = scope(stack);
    return Object.entries(stack.template.Resources)
      .filter(([, raw]) => raw.Condition === undefined || condition(raw.Condition))
      .map(([logicalId, raw]): Resource => {
        const properties = resolve(raw.Properties ?? {}, lookup(logicalId)) as Record<string, unknown>;
        return { stack: stack.name, logicalId, type: raw.Type, properties, ...physicalOf(logicalId) };
      });
  });
  const outputs = Object.fromEntries(
    stacks.flatMap((stack) =>
      Object.entries(stack.template.Outputs ?? {}).map(([id, { Value }]) => [
        `${stack.name}.${id}`,
        String(resolve(Value, scope(stack).lookup(id))),
      ]),
    ),
  );
  const exports = new Map(
    stacks.flatMap((stack) =>
      Object.entries(stack.template.Outputs ?? {}).flatMap(([id, { Value, Export }]) => {
        const { lookup } = scope(stack);
        const value = () => String(resolve(Value, lookup(id)));
        return Export ? [[String(resolve(Export.Name, lookup(id))), { stack: stack.name, value: value() }] as const] : [];
      }),
    ),
  );
  const assets = new Map(stacks.flatMap((stack) => [...stack.assets]));
  return { resources, outputs, exports, assets };
};
