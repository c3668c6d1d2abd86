import { type Node, type Step, stepsOf, type Workflow } from '../../shared/contracts/workflow.ts';
import { compilePattern } from '../../shared/pattern/index.ts';

/** The codes of the table that the responses are held against. */
const CODES: Readonly<Record<Step['action'], string>> = {
  DRONE_DISPATCH: 'DD',
  ROBOT_DISPATCH: 'RD',
  PATROL_REROUTE: 'PR',
  OFFICER_ALERT: 'OA',
  SUPERVISOR_ALERT: 'SA',
  EMERGENCY_BROADCAST: 'EB',
  INVESTIGATION_CREATE: 'INV',
  INVESTIGATION_UPDATE: 'INVU',
  CASE_GENERATION: 'CASE',
  THREAT_ASSESSMENT: 'TA',
  THREAT_BROADCAST: 'TB',
  PREDICTIVE_ALERT: 'PA',
  SENSOR_ACTIVATE: 'SEN',
  LOCKDOWN_INITIATE: 'LOCK',
  BOLO_ISSUE: 'BOLO',
  RESOURCE_ALLOCATE: 'RA',
  RESOURCE_RELEASE: 'RR',
  NOTIFICATION_SEND: 'NS',
  AUDIT_LOG: 'AUDIT_LOG',
  HUMAN_STABILITY_ALERT: 'HS',
  FUSION_CLOUD_SYNC: 'FUS',
  CO_RESPONDER_DISPATCH: 'CO',
  EVIDENCE_COLLECTION: 'EV',
  TACTICAL_ANALYSIS: 'TAC',
  POLICY_VALIDATION: 'PV',
};

const to = ({ with: { to: whom } }: Step): string => (typeof whom === 'string' ? ` ${whom}` : '');

const one = (node: Node): string => {
  if (node.kind === 'step') return `${CODES[node.action]}${node.action === 'NOTIFICATION_SEND' ? to(node) : ''}`;
  if (node.kind === 'parallel') return `[${Object.values(node.branches).map(line).join(' ‖ ')}]`;
  if (node.kind === 'repeat') return `every ${node.every} s(${line(node.steps)})`;
  const otherwise = node.otherwise.length > 0 ? `, else ${line(node.otherwise)}` : '';
  return `${node.ask}${node.second ? ` + ${node.second}` : ''}?(${line(node.then)}${otherwise})`;
};

const line = (nodes: readonly Node[]): string => nodes.map((node) => `${node.when === undefined ? '' : 'if '}${one(node)}`).join(' → ');

/** A response's way in one line: `→` one after the other, `‖` at the same time, `role?(…)` on that person's yes, `if` under a condition. */
export const way = ({ steps }: Workflow): string => line(steps);

/** The step of that name; throws where there is none. */
export const stepOf = ({ name: workflow, steps }: Workflow, name: string): Step => {
  const found = stepsOf(steps).find((step) => step.name === name);
  if (!found) throw new Error(`${workflow} has no step ${name}`);
  return found;
};

/** What its notices go to, each once. */
export const told = ({ steps }: Workflow): string[] =>
  [...new Set(stepsOf(steps).flatMap(({ action, with: { to: whom } }) => (action === 'NOTIFICATION_SEND' ? [String(whom)] : [])))].sort();

/** Whether an event starts it: `detail` stands over one that has a place in an incident of one source. */
export const starts = ({ on }: Workflow): ((detail: object) => boolean) => {
  const patterns = on.flatMap((trigger) => (trigger.kind === 'EVENT' && trigger.pattern ? [compilePattern(trigger.pattern)] : []));
  const usual = { confidence: 0.8, data: {}, incident: { independentSources: 1 } };
  return (detail) => patterns.some(({ matches }) => matches({ ...usual, ...detail }));
};

/** The trigger of a kind that has one of it. */
export const triggerOf = ({ on }: Workflow, kind: Workflow['on'][number]['kind']) => on.find((trigger) => trigger.kind === kind);

/** Whether a CONDITION or a CHAIN of the workflow fits. */
export const fits = (workflow: Workflow, kind: 'CONDITION' | 'CHAIN', detail: object): boolean =>
  workflow.on.some(
    (trigger) => trigger.kind === kind && compilePattern('pattern' in trigger ? (trigger.pattern ?? {}) : {}).matches(detail),
  );
