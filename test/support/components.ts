/** The sets that a relation connects, by the plainest way there is: all pairs, in any order. Each node with the name of its set. */
export const components = <T extends { readonly node: string }>(
  all: readonly T[],
  related: (a: T, b: T) => boolean,
): Map<string, string> => {
  const up = new Map(all.map(({ node }) => [node, node]));
  const root = (node: string): string => {
    const next = up.get(node) ?? node;
    return next === node ? node : root(next);
  };
  all.forEach((a, index) => {
    for (const b of all.slice(index + 1)) if (related(a, b)) up.set(root(b.node), root(a.node));
  });
  return new Map([...up.keys()].map((node) => [node, root(node)]));
};
