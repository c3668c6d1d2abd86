import type { Entry, Revision } from './entry.ts';
import { imageOf, revisionsOf, type StateMachine } from './machine.ts';
import type { RevisionRecord, StatesRecord } from './record.ts';
import type { Store } from './store.ts';

export const revisionRecord = ({ arn, name, roleArn, text, hash, at }: Revision): RevisionRecord => ({
  kind: 'definition',
  arn,
  name,
  roleArn,
  text,
  hash,
  at,
});

/** What the template alone says of a machine is not told again. */
export const tellsMore = ({ deployed, revision, revisionId, versions, aliases, tags, status }: StateMachine): boolean =>
  deployed !== revision.hash ||
  revisionId !== undefined ||
  versions.length > 0 ||
  aliases.length > 0 ||
  Object.keys(tags).length > 0 ||
  status !== 'ACTIVE';

const recordsOf = ({ arn, revision, birth, live, ending, packed, redrives, redrivenAt, redriveToken }: Entry): StatesRecord[] => {
  if (!live) {
    return ending && packed !== undefined
      ? [{ kind: 'ended', arn, revision: revision.hash, birth, redrives, redrivenAt, redriveToken, ending, packed }]
      : [];
  }
  return [
    { kind: 'start', arn, revision: revision.hash, birth, input: live.input },
    ...live.inputs.map((input): StatesRecord => ({ kind: 'input', execution: arn, input })),
  ];
};

/** The records that make this store; none of them ever changes. What comes later is written behind them, so they are what the log holds. */
export const snapshotOf = (store: Store): StatesRecord[] => {
  const machines = [...store.machines.values()].filter(tellsMore);
  const used = new Map<string, Revision>();
  for (const { revision } of store.machines.values()) if (store.logged.has(revision.hash)) used.set(revision.hash, revision);
  for (const machine of machines) for (const revision of revisionsOf(machine)) used.set(revision.hash, revision);
  for (const { revision } of store.entries.values()) used.set(revision.hash, revision);
  store.logged.clear();
  for (const hash of used.keys()) store.logged.add(hash);
  return [
    ...[...used.values()].map(revisionRecord),
    ...[...store.gone].map(([arn, deployed]): StatesRecord => ({ kind: 'no-machine', arn, deployed })),
    ...machines.map((machine): StatesRecord => ({ kind: 'machine', image: imageOf(machine) })),
    ...[...store.entries.values()].flatMap(recordsOf),
  ];
};
