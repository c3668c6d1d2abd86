import { FinishCommand, StepCommand } from '../../shared/contracts/execution.ts';

export type Perform = Extract<StepCommand, { op: 'perform' }>;
export type Ask = Extract<StepCommand, { op: 'ask' }>;
export type Hold = Extract<StepCommand, { op: 'hold' }>;
export type Miss = Extract<StepCommand, { op: 'miss' }>;

/** What a task of a compiled machine asks for, read by the contract that `step` and `finish` read it by. */
export const commandOf = (args: unknown): StepCommand | FinishCommand => {
  const { FunctionName, Payload } = args as { FunctionName: string; Payload: unknown };
  return FunctionName === '${FinishFunction}' ? FinishCommand.parse(Payload) : StepCommand.parse(Payload);
};
