/** CloudFormation's functions, over whatever can look a name up. */
export interface Lookup {
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  imported(name: string): unknown;
  mapping(map: string, top: string, second: string): unknown;
  condition(name: string): boolean;
  /** The place in the template, for complaints. */
  readonly where: string;
}

/** The value of `{Ref: AWS::NoValue}`: the property is as if it were not written. */
export const NO_VALUE = Symbol('AWS::NoValue');

type Evaluate = (argument: unknown, lookup: Lookup) => unknown;

const complain = (lookup: Lookup, what: string): never => {
  throw new Error(`${lookup.where}: ${what}`);
};

const list = (value: unknown, lookup: Lookup, name: string): unknown[] =>
  Array.isArray(value) ? value : complain(lookup, `${name} takes a list`);

const dotted = (value: unknown, lookup: Lookup): [string, string] => {
  if (Array.isArray(value)) return [String(value[0]), String(resolve(value[1], lookup))];
  const [head = '', ...rest] = String(value).split('.');
  return [head, rest.join('.')];
};

const sub: Evaluate = (argument, lookup) => {
  const [template, variables] = Array.isArray(argument)
    ? [String(argument[0]), argument[1] as Record<string, unknown>]
    : [String(argument), {}];
  return template.replace(/\$\{([^}]*)\}/g, (_whole, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (Object.hasOwn(variables, name)) return String(resolve(variables[name], lookup));
    return String(name.includes('.') ? lookup.attribute(...dotted(name, lookup)) : lookup.ref(name));
  });
};

const FUNCTIONS: Readonly<Record<string, Evaluate>> = {
  Ref: (argument, lookup) => lookup.ref(String(argument)),
  'Fn::GetAtt': (argument, lookup) => lookup.attribute(...dotted(argument, lookup)),
  'Fn::Sub': sub,
  'Fn::Join': (argument, lookup) => {
    const [separator, parts] = list(argument, lookup, 'Fn::Join');
    return list(resolve(parts, lookup), lookup, 'Fn::Join').map(String).join(String(separator));
  },
  'Fn::Select': (argument, lookup) => {
    const [index, from] = list(argument, lookup, 'Fn::Select');
    const items = list(resolve(from, lookup), lookup, 'Fn::Select');
    return items[Number(resolve(index, lookup))] ?? complain(lookup, `Fn::Select found nothing at ${String(index)}`);
  },
  'Fn::Split': (argument, lookup) => {
    const [separator, text] = list(argument, lookup, 'Fn::Split');
    return String(resolve(text, lookup)).split(String(separator));
  },
  'Fn::ImportValue': (argument, lookup) => lookup.imported(String(resolve(argument, lookup))),
  'Fn::FindInMap': (argument, lookup) => {
    const [map, top, second] = list(resolve(argument, lookup), lookup, 'Fn::FindInMap').map(String);
    return lookup.mapping(map ?? '', top ?? '', second ?? '');
  },
  'Fn::Base64': (argument, lookup) => Buffer.from(String(resolve(argument, lookup))).toString('base64'),
  'Fn::If': (argument, lookup) => {
    const [name, yes, no] = list(argument, lookup, 'Fn::If');
    return resolve(lookup.condition(String(name)) ? yes : no, lookup);
  },
  'Fn::ToJsonString': (argument, lookup) => JSON.stringify(resolve(argument, lookup)),
};

/** A condition's truth: Fn::Equals, And, Or, Not and other conditions by name. */
export const truth = (value: unknown, lookup: Lookup): boolean => {
  const [[name, argument] = ['', undefined]] = Object.entries((value ?? {}) as Record<string, unknown>);
  switch (name) {
    case 'Fn::Equals': {
      const [left, right] = list(resolve(argument, lookup), lookup, name);
      return String(left) === String(right);
    }
    case 'Fn::And':
      return list(argument, lookup, name).every((part) => truth(part, lookup));
    case 'Fn::Or':
      return list(argument, lookup, name).some((part) => truth(part, lookup));
    case 'Fn::Not':
      return !truth(list(argument, lookup, name)[0], lookup);
    case 'Condition':
      return lookup.condition(String(argument));
    default:
      return complain(lookup, `the condition function ${name} is not understood here: add it to local/template/intrinsics.ts`);
  }
};

/** A copy of `value` in which every function has become what it stands for. */
export const resolve = (value: unknown, lookup: Lookup): unknown => {
  if (Array.isArray(value)) return value.map((item) => resolve(item, lookup)).filter((item) => item !== NO_VALUE);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only && (only[0] === 'Ref' || only[0].startsWith('Fn::'))) {
    const evaluate = FUNCTIONS[only[0]];
    return evaluate
      ? evaluate(only[1], lookup)
      : complain(lookup, `${only[0]} is not understood here: add it to local/template/intrinsics.ts`);
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, resolve(item, lookup)]).filter(([, item]) => item !== NO_VALUE));
};
