import type { ActionReply } from '../../shared/contracts/action.ts';
import type { StepRecord } from '../../shared/contracts/execution.ts';
import { PartnerAnswer, PartnerId } from '../../shared/contracts/partner.ts';
import { readAnswer } from '../../shared/domain/partners/match.ts';
import { tellable } from '../../shared/domain/sharing/tellable.ts';
import { disclosed } from '../../shared/restricted/disclosed.ts';
import type { Vault } from '../../shared/restricted/vault.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';

/** The partner that a step asked whether it has a record; undefined for any other step. */
const askedIndex = ({ action, arguments: given = {} }: StepRecord): PartnerId | undefined =>
  action === 'FUSION_CLOUD_SYNC' && given['purpose'] !== 'share' ? PartnerId.safeParse(given['index']).data : undefined;

/**
 * An index's answer as SWOE reads it itself: a match by what was asked and by what its record says. What stands in the record goes no further than
 * this: neither journal nor run keeps an identifier. Whether something contradicts it stands open; by which kinds it agrees and what contradicts it is
 * sealed with the rest of what was said.
 */
export const withReading = async (
  { executions, vault }: { executions: Pick<ExecutionsStore, 'get'>; vault: Pick<Vault, 'whoAre'> },
  record: StepRecord,
  reply: ActionReply,
): Promise<ActionReply> => {
  const system = askedIndex(record);
  const { answer, match: _claimed, ...others } = reply.result;
  if (system === undefined || (answer === undefined && _claimed === undefined)) return reply;
  const execution = await executions.get(record.executionId);
  // A person is compared by who it is, and not by the token that stands for it here.
  const asked = execution ? await disclosed(vault)(tellable(execution, record.told ?? [])) : [];
  const said = PartnerAnswer.safeParse(answer).data;
  const read = readAnswer(asked, said?.system === system ? said : undefined);
  return { ...reply, result: { ...others, system, ...read, contradicted: read.contradicts.length > 0 ? 'yes' : 'no' } };
};
