import type { Step } from '../../../../shared/contracts/workflow.ts';
import { readsOf } from '../../reads.ts';
import type { Where } from '../walk.ts';
import { about, bears, both, does, either, type Item, isAbout, patternTexts, says, startedByType, typesOf, unasked } from './item.ts';

const stops = either(says('stop', 'traffic-stop', 'detain', 'arrest'));

/** Officers are moved, or told whom to look for. */
const moves = either(does('PATROL_REROUTE', 'BOLO_ISSUE'), both(does('RESOURCE_ALLOCATE'), says('respond', 'spikes', 'air')));

/** A record was confirmed, or a person compared the plate: by a yes, by what the index said, or by the clause that demands it of each action. */
const confirmed = ({ node, workflow, behind, conditions, before }: Where<Step>): boolean => {
  const asked = before.filter((one) => one.kind === 'step' && one.action === 'FUSION_CLOUD_SYNC').map(({ name }) => `said.${name}.match`);
  const read = conditions.flatMap(readsOf).map((path) => path.join('.'));
  return (
    behind.length > 0 || asked.some((path) => read.includes(path)) || [...workflow.guardrails, ...node.guardrails].includes('verified-hit')
  );
};

const AMBER_FACTS = ['amber-child', 'amber-abduction', 'amber-danger', 'amber-description', 'amber-recommendation'];

/** The expressions in a step's parameters read free text in which names may stand. */
const readsSummary = ({ node }: Where<Step>): boolean =>
  Object.values(node.with).some((value) => typeof value === 'string' && readsOf(value).some(([what]) => what === 'summary'));

export const givesNames = either(bears(/name|juvenile|student|patient|victim|suspect/i), readsSummary);

export const unlocks = either(
  says('unlock', 'release-doors'),
  both(does('LOCKDOWN_INITIATE'), ({ node }) => node.undo === 'auto'),
);

/** Shots, shooters, distress, pursuits, the missing, plates and crashes. */
export const streets: readonly Item[] = [
  {
    response: 'gunfire-response',
    item: 'Stops',
    sentence: 'a person is stopped on an officer’s own suspicion, never by a workflow',
    violates: stops,
  },
  {
    response: 'gunfire-response',
    item: 'predicting a person',
    sentence: 'a prediction speaks of places and vehicles, never of a person',
    violates: both(does('PREDICTIVE_ALERT'), ({ node }) => !says('places', 'vehicle')({ node } as Where<Step>)),
  },
  {
    response: 'active-shooter-response',
    item: 'Unlocking',
    sentence: 'a door that was locked is opened by a named person',
    violates: unlocks,
  },
  {
    response: 'active-shooter-response',
    item: 'blocked egress',
    sentence: 'whoever is inside can always get out',
    violates: both(does('LOCKDOWN_INITIATE'), ({ node }) => node.with['egress'] !== 'open'),
  },
  {
    response: 'officer-distress-response',
    item: 'Cancelling without voice code',
    sentence: 'help for an officer is called off by a person who heard the voice code',
    violates: both(
      about('officer-distress'),
      unasked(),
      either(says('cancel', 'stand-down'), ({ node, workflow }) => node.action === 'RESOURCE_RELEASE' && workflow.steps.at(-2) !== node),
    ),
  },
  {
    response: 'officer-distress-response',
    item: 'an armed robot',
    sentence: 'a robot looks or carries; it is unarmed',
    violates: both(does('ROBOT_DISPATCH'), ({ node }) => node.with['unarmed'] !== true),
  },
  {
    response: 'pursuit-coordination',
    item: 'Start',
    sentence: 'a pursuit is begun by an officer who says why',
    violates: says('pursue', 'pursuit-start'),
    starts: (trigger, workflow) =>
      isAbout(workflow, 'pursuit') &&
      (['CONDITION', 'CHAIN', 'SCHEDULE'].includes(trigger.kind) || typesOf(trigger).some((type) => type !== 'pursuit.declared')),
  },
  {
    response: 'pursuit-coordination',
    item: 'spikes',
    sentence: 'each spike strip is a supervisor’s decision',
    violates: both(says('spikes'), unasked('supervisor', 'watch_commander', 'incident_commander', 'chief')),
  },
  {
    response: 'pursuit-coordination',
    item: 'PIT',
    sentence: 'no vehicle is brought to a stop by force that SWOE asked for',
    violates: says('pit', 'ram', 'box-in'),
  },
  {
    response: 'missing-person-response',
    item: 'Telling the reporter where a competent adult is',
    sentence: 'an adult who may stay away decides who learns where he is',
    violates: says('reporter', 'caller', 'family'),
  },
  {
    response: 'amber-alert-response',
    item: 'SWOE issuing it',
    sentence: 'the chief or a designee recommends an AMBER alert and the state issues it',
    violates: both(about('amber'), does('EMERGENCY_BROADCAST'), unasked('chief')),
  },
  {
    response: 'amber-alert-response',
    item: 'a custody dispute alone',
    sentence: 'each of the state’s five criteria is a fact that somebody attests',
    starts: (trigger, workflow) =>
      isAbout(workflow, 'amber') &&
      (patternTexts(trigger).some((text) => /custody/.test(text)) ||
        (trigger.kind === 'CONDITION' && AMBER_FACTS.some((fact) => !(fact in ((trigger.pattern['facts'] ?? {}) as object))))),
  },
  {
    response: 'hot-vehicle-response',
    item: 'Stop',
    sentence: 'an officer who sees the vehicle decides whether to stop it',
    violates: stops,
  },
  {
    response: 'hot-vehicle-response',
    item: 'dispatch on a partial plate',
    sentence: 'nobody is sent after a vehicle whose record was not confirmed',
    violates: both(startedByType(/^(vehicle|plate)\./), moves, (where) => !confirmed(where)),
    starts: (trigger) => JSON.stringify('pattern' in trigger ? (trigger.pattern ?? {}) : {}).includes('"partial":[true]'),
  },
  {
    response: 'lpr-hot-hit-response',
    item: 'Unverified dispatch',
    sentence: 'a person compares plate, state and vehicle with the image first',
    violates: both(startedByType(/^plate\./), moves, unasked()),
  },
  {
    response: 'traffic-fatality-response',
    item: 'Names',
    sentence: 'the dead and the hurt are named by the medical examiner and their families',
    violates: givesNames,
  },
  {
    response: 'traffic-fatality-response',
    item: 'kin by message',
    sentence: 'a death is told in person, by an officer whom a supervisor sends',
    violates: either(says('next-of-kin', 'kin'), both(says('next-of-kin-officer'), unasked('supervisor', 'watch_commander', 'chief'))),
  },
  {
    response: 'traffic-fatality-response',
    item: 'drone for infractions',
    sentence: 'a drone maps a crash; it writes no tickets (FS 934.50)',
    violates: both(
      does('DRONE_DISPATCH'),
      either(
        says('infractions', 'traffic-enforcement'),
        startedByType(/infraction|citation|violation/),
        both(about('traffic-fatality'), ({ node }) => node.with['purpose'] !== 'crash-mapping'),
      ),
    ),
  },
];
