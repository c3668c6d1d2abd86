import type { Step } from '../../../../shared/contracts/workflow.ts';
import { readsOf } from '../../reads.ts';
import type { Where } from '../walk.ts';
import { about, bears, both, does, either, type Item, says, unasked } from './item.ts';
import { givesNames } from './streets.ts';

/** Whoever is sent, or looked at, because of what a screen of a person came to. */
const followsScore = ({ node, conditions, before }: Where<Step>): boolean => {
  const screens = before.filter((one) => one.kind === 'step' && one.action === 'HUMAN_STABILITY_ALERT').map(({ name }) => name);
  const acts = ['PATROL_REROUTE', 'DRONE_DISPATCH', 'SENSOR_ACTIVATE', 'BOLO_ISSUE', 'LOCKDOWN_INITIATE'].includes(node.action);
  return acts && conditions.flatMap(readsOf).some(([what, step = '']) => what === 'said' && screens.includes(step));
};

const DAY = { s: 1 / 86_400, m: 1 / 1440, h: 1 / 24 } as const;
const outlastsDay = ({ node }: Where<Step>): boolean => {
  const [, amount, unit] = /^(\d+)([smh])$/.exec(String(node.with['expires'])) ?? [];
  return unit === undefined || Number(amount) * DAY[unit as keyof typeof DAY] > 1;
};

/** Crises, violence at home, minds in distress, and many who are hurt. */
export const care: readonly Item[] = [
  {
    response: 'crisis-escalation-response',
    item: 'Custody',
    sentence: 'nobody is taken into custody because a workflow says so (FS 394.463)',
    violates: says('custody', 'take-into-custody'),
  },
  {
    response: 'crisis-escalation-response',
    item: 'a prefilled accusation',
    sentence: 'a case file states facts, and its human author what he makes of them',
    violates: both(
      does('CASE_GENERATION', 'INVESTIGATION_CREATE', 'INVESTIGATION_UPDATE'),
      either(bears(/accus|charge|narrative|offen[cs]e/i), says('swoe')),
    ),
  },
  {
    response: 'dv-risk-escalation-response',
    item: 'A score from data',
    sentence: 'a trained officer asks and the victim answers; no score of a person sends anybody',
    violates: either(
      followsScore,
      both(about('domestic-violence'), does('HUMAN_STABILITY_ALERT'), ({ node }) => node.with['screen'] !== 'lethality-asked-by-officer'),
    ),
  },
  {
    response: 'dv-risk-escalation-response',
    item: 'messaging the victim’s phone',
    sentence: 'who did it may be reading',
    violates: says('victim', 'victim-phone', 'complainant'),
  },
  {
    response: 'dv-risk-escalation-response',
    item: 'naming the centre',
    sentence: 'no record says to which centre a victim was referred (FS 741.29)',
    violates: either(
      bears(/cent(er|re)|shelter/i),
      both(about('domestic-violence'), does('BOLO_ISSUE', 'EMERGENCY_BROADCAST', 'THREAT_BROADCAST')),
    ),
  },
  {
    response: 'mental-health-crisis-response',
    item: 'Involuntary hold',
    sentence: 'a clinician and a supervisor decide about a transport; an officer, a clinician or a court about an examination (FS 394.463)',
    violates: both(
      about('mental-health', 'crisis'),
      either(says('involuntary', 'hold'), both(says('transport'), either(unasked('clinician'), unasked('supervisor', 'watch_commander')))),
    ),
  },
  {
    response: 'mental-health-crisis-response',
    item: 'DD at home',
    sentence: 'no drone looks into the home of a person in distress',
    violates: both(about('mental-health'), does('DRONE_DISPATCH')),
  },
  {
    response: 'mental-health-crisis-response',
    item: 'a permanent danger flag',
    sentence: 'a screen ends within a day and reaches no file',
    violates: either(says('danger-flag', 'premise-flag'), both(does('HUMAN_STABILITY_ALERT'), outlastsDay)),
  },
  {
    response: 'mass-casualty-response',
    item: 'Overriding medical triage',
    sentence: 'who is treated first is for medics',
    violates: says('triage', 'override-triage', 'reprioritise-patients'),
  },
  {
    response: 'mass-casualty-response',
    item: 'names',
    sentence: 'hospitals and families are told by those who may (45 CFR 164.510(b)(4))',
    violates: givesNames,
  },
];
