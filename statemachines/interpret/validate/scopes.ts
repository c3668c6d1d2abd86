import { type Complain, isObject, type Json } from './complaint.ts';

/** Variables and the scopes they live in: a part's own states, and the branches and iterations within, which only read them. */

const assignsOf = (holder: unknown): string[] => (isObject(holder) && isObject(holder['Assign']) ? Object.keys(holder['Assign']) : []);

const listed = (list: unknown): unknown[] => (Array.isArray(list) ? list : []);

/** Every name that a state of this part assigns, with where. */
const assignedIn = (states: Json, place: string): [name: string, place: string][] =>
  Object.entries(states).flatMap(([state, json]) => {
    if (!isObject(json)) return [];
    const at = `${place}/States/${state}`;
    const own = assignsOf(json).map((name): [string, string] => [name, `${at}/Assign/${name}`]);
    const within = ['Catch', 'Choices'].flatMap((field) =>
      listed(json[field]).flatMap((item, index) =>
        assignsOf(item).map((name): [string, string] => [name, `${at}/${field}/${index}/Assign/${name}`]),
      ),
    );
    return [...own, ...within];
  });

/** Complains of names that an outer scope assigns too, and returns what scopes within this one must leave alone. */
export const checkScope = (states: Json, place: string, outer: ReadonlyMap<string, string>, complain: Complain): Map<string, string> => {
  const taken = new Map(outer);
  for (const [name, at] of assignedIn(states, place)) {
    const twin = outer.get(name);
    if (twin) complain('DUPLICATE_VARIABLE', at, `'${name}' is assigned by an outer scope at ${twin}.`, 'Give the inner one another name.');
    else if (!taken.has(name)) taken.set(name, at);
  }
  return taken;
};
