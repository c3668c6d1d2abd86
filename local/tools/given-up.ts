/** What a message in a dead-letter queue says about why it lies there: attributes that EventBridge, Lambda and Scheduler put, or the queue that gave it up. */
export const reasonOf = (attributes: Readonly<Record<string, string>>, own: Readonly<Record<string, unknown>>): string => {
  const said = (name: string): string | undefined => (own[name] as { StringValue?: string } | undefined)?.StringValue;
  const told = said('ERROR_MESSAGE') ?? said('ErrorMessage') ?? said('ERROR_CODE');
  const source = attributes['DeadLetterQueueSourceArn']?.split(':').at(-1);
  return told ?? (source ? `received too often from ${source}` : 'given up');
};
