import type { Input } from '../../../statemachines/interpret/protocol.ts';
import type { Birth, Ending, Outcome } from './entry.ts';
import type { MachineImage } from './machine.ts';

/** A definition, once, before the first record that names its hash. */
export interface RevisionRecord {
  readonly kind: 'definition';
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly text: string;
  readonly hash: string;
  readonly at: number;
}

/** What this engine writes into the log. Everything else about an execution follows from these. */
export type StatesRecord =
  | RevisionRecord
  /** A machine as it stands after a change of its own, of its versions, aliases or tags. */
  | { readonly kind: 'machine'; readonly image: MachineImage }
  | { readonly kind: 'no-machine'; readonly arn: string; readonly deployed?: string }
  | { readonly kind: 'start'; readonly arn: string; readonly revision: string; readonly birth: Birth; readonly input: string }
  | { readonly kind: 'input'; readonly execution: string; readonly input: Input }
  | { readonly kind: 'end'; readonly execution: string; readonly ending: Ending; readonly outcome: Outcome }
  /** Only in snapshots: an execution that is over. */
  | {
      readonly kind: 'ended';
      readonly arn: string;
      readonly revision: string;
      readonly birth: Birth;
      readonly redrives: number;
      readonly redrivenAt?: number;
      readonly redriveToken?: string;
      readonly ending: Ending;
      readonly packed: string;
    };
