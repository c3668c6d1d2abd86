import type { Workflow } from '../contracts/workflow.ts';

type Kind = 'MANUAL' | 'API';

/** As what a person's request starts a workflow (a person, or a tool of theirs), and why it may not. Without `via`, whichever of the two the workflow has. Pure. */
export const askedFor = ({ on, name }: Pick<Workflow, 'on' | 'name'>, via: Kind | undefined): { kind: Kind; refusal?: string } => {
  const open = (['MANUAL', 'API'] as const).filter((kind) => on.some((trigger) => trigger.kind === kind));
  const kind = via ?? open[0] ?? 'MANUAL';
  if (open.includes(kind)) return { kind };
  const instead = open.length > 0 ? `it is started by ${open.join(' or ')}` : 'only its own triggers start it';
  return { kind, refusal: `${name} is not started by ${kind}: ${instead}` };
};
