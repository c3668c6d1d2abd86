/** A record as it may leave the store: a task token would let its reader end a step. */
export const withoutToken = <T extends { token?: string }>({ token: _, ...record }: T): Omit<T, 'token'> => record;
