/** A pattern AWS would refuse; `reason` is AWS's own sentence. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern';
  constructor(readonly reason: string) {
    super(`Event pattern is not valid. Reason: ${reason}`);
  }
}

export const refuse = (reason: string): never => {
  throw new InvalidPattern(reason);
};
