/** Why the machine does not start or go on: one sentence for the person at the terminal, naming the mend. Printed without a stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
