/** What is known of a request, by condition key in lower case. */
export type Context = Readonly<Record<string, string | readonly string[] | undefined>>;

export const valuesOf = (value: Context[string]): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;
