/** An error in AWS's shape: `name` is the exception's name on the wire, `extra` its further members (CancellationReasons). */
export class AwsError extends Error {
  readonly $fault: 'client' | 'server';
  constructor(
    override readonly name: string,
    message: string,
    readonly extra: Readonly<Record<string, unknown>> = {},
    fault: 'client' | 'server' = 'client',
  ) {
    super(message);
    this.$fault = fault;
    Object.assign(this, extra, { __type: name });
  }
}
