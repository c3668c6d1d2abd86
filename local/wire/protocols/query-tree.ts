export type Tree = { [name: string]: string | Tree };

const LEVELS = 8;

/** `{'1': a, '2': b}` → `[a, b]`, in the order of the numbers. */
export const itemsOf = (node: unknown): unknown[] =>
  typeof node === 'object' && node !== null
    ? Object.entries(node as Tree)
        .sort(([a], [b]) => Number(a) - Number(b))
        .map(([, item]) => item)
    : [];

const isList = (node: Tree): boolean => Object.keys(node).length > 0 && Object.keys(node).every((name) => /^\d+$/.test(name));

/** A form's dotted names as a tree: `Entry.1.Id=a` → `{Entry: {1: {Id: 'a'}}}`. */
export const formTree = (form: URLSearchParams): Tree => {
  const root: Tree = Object.create(null) as Tree;
  for (const [dotted, value] of form) {
    const names = dotted.split('.').slice(0, LEVELS);
    const last = names.pop() ?? '';
    let node = root;
    for (const name of names) {
      const below = node[name];
      const next = typeof below === 'object' ? below : (Object.create(null) as Tree);
      node[name] = next;
      node = next;
    }
    node[last] = value;
  }
  return root;
};

/** The tree with `X.member.1` and `X.1` as lists, for services that need no more than that. */
export const treeOf = (form: URLSearchParams): Record<string, unknown> => {
  const plain = (node: string | Tree): unknown => {
    if (typeof node === 'string') return node;
    const { member } = node;
    if (typeof member === 'object') return itemsOf(member).map((item) => plain(item as Tree));
    if (isList(node)) return itemsOf(node).map((item) => plain(item as Tree));
    return Object.fromEntries(Object.entries(node).map(([name, item]) => [name, plain(item)]));
  };
  return plain(formTree(form)) as Record<string, unknown>;
};
