import jsonata from 'jsonata';

/** What a map makes of a message: itself where there is none. */
export type Mapping = (message: unknown) => Promise<unknown>;

/**
 * A JSONata expression that turns a subsystem's message into `{ type, id, time, data }`, an envelope, or a list of them; nothing where a message
 * says nothing for us. Throws at once when the expression does not parse.
 */
export const mapping = (expression: string | undefined): Mapping => {
  if (expression === undefined) return async (message) => message;
  const compiled = jsonata(expression);
  return async (message) => {
    const made: unknown = await compiled.evaluate(message);
    // JSONata marks its own lists; a plain copy is what everyone else expects.
    return made === undefined ? undefined : (JSON.parse(JSON.stringify(made)) as unknown);
  };
};
