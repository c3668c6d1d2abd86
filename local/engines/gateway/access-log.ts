/** Fills an access log's `$context.…`; a value that is not known is `-`, as API Gateway writes it. */
export const accessLine = (format: string, values: Readonly<Record<string, unknown>>): object => {
  const line = format.replace(/\$context\.([A-Za-z0-9_.]+)/g, (_whole, name: string) =>
    JSON.stringify(String(values[name] ?? '-')).slice(1, -1),
  );
  try {
    return JSON.parse(line) as object;
  } catch {
    return { line };
  }
};

/** The format of a stage's access log, or undefined where it keeps none. */
export const formatOf = (setting: unknown): string | undefined => {
  const { DestinationArn, Format } = (setting ?? {}) as { DestinationArn?: unknown; Format?: unknown };
  return DestinationArn && typeof Format === 'string' ? Format : undefined;
};
