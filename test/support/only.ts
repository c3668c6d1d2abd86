/** The one thing in a list that must hold just that. */
export const only = <T>(list: readonly T[]): T => {
  if (list.length !== 1) throw new Error(`There are ${list.length} where one was wanted`);
  return list[0] as T;
};
