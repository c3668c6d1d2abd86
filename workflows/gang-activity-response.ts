import { not, startedBy } from './language/condition.ts';
import { approval, defineWorkflow, parallel, step } from './language/define.ts';
import { event, schedule } from './language/event.ts';
import { place, reference } from './language/input.ts';
import { closing, incident, opening } from './usual.ts';

/** Once a week it only purges; nothing happened then. */
const violence = not(startedBy('SCHEDULE'));

/**
 * The purge holds where it fails: keeping intelligence past its review is a breach (28 CFR 23.20(h), adopted as the agency's standard), and a person must know.
 * FS 874.03(2) would make an associate of anybody who meets one criterion; two are asked for here, and dress or company alone is none (28 CFR 23.20(a), (b)).
 * Patrols go while an intelligence officer thinks about places.
 */
export const gangActivityResponse = defineWorkflow({
  name: 'gang-activity-response',
  title: 'Gang activity response',
  version: 1,
  purpose:
    'Violence happened, and two documented criteria tie it to a gang. It is investigated and assessed; an intelligence officer decides whether patrols are told which places, and only places, may see more of it in the next fourteen days. ' +
    'A supervisor knows, patrols canvass the neighbourhood, outreach workers are asked to come, partners’ indexes are asked, and intelligence that has run out is purged; every week the purge alone runs by itself. ' +
    'Nothing here writes a person into a database, says who will do what, or counts dress, neighbourhood or company as a reason.',
  priority: 'HIGH',
  timeout: '8h',
  on: [
    event({
      type: 'gang.violence',
      source: ['investigations', 'cad_system'],
      notRejected: true,
      why: 'a violent incident with a documented nexus, and nobody has called it wrong',
    }),
    schedule('cron(0 4 ? * MON *)', 'intelligence that has run out, or was not reviewed in time, is purged every week'),
  ],
  inputs: { location: place(), case: reference('data.case') },
  guardrails: [
    'criminal-intelligence',
    'first-amendment',
    'due-process',
    'bias-detection',
    'bias-district-ratio',
    'data-retention',
    'community-trust',
  ],
  steps: [
    opening,
    step('openInvestigation', {
      when: violence,
      action: 'INVESTIGATION_CREATE',
      with: { kind: 'gang-activity', incidentId: incident },
      within: '30s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    step('assessThreat', {
      when: violence,
      action: 'THREAT_ASSESSMENT',
      with: { topic: 'gang-activity', basis: 'record' },
      within: '1m',
      retries: 1,
      onFailure: 'degrade',
      undo: 'never',
    }),
    parallel(
      'predictAndAct',
      {
        places: [
          approval('releasePrediction', {
            ask: 'intelligence_officer',
            question:
              'Shall patrols be told which places may see further violence in the next fourteen days? Places only, by what happened there.',
            within: '10m',
            onSilence: 'refuse',
            // biome-ignore lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
            then: [
              step('predictPlaces', {
                action: 'PREDICTIVE_ALERT',
                with: { about: 'places', radiusM: 800, horizon: '336h', expires: '336h' },
                within: '1m',
                onFailure: 'degrade',
                undo: 'human',
              }),
            ],
          }),
        ],
        streets: [
          step('alertSupervisor', {
            action: 'SUPERVISOR_ALERT',
            with: { topic: 'gang-activity', role: 'supervisor' },
            within: '15s',
            retries: 2,
            onFailure: 'degrade',
            undo: 'never',
          }),
          step('canvass', {
            action: 'PATROL_REROUTE',
            with: { mode: 'canvass', radiusM: 500, approach: 'direct' },
            needs: { OFFICER: 2, VEHICLE: 1 },
            within: '2m',
            retries: 2,
            onFailure: 'degrade',
            undo: 'human',
          }),
          step('askOutreach', {
            action: 'NOTIFICATION_SEND',
            with: { topic: 'gang-activity', to: 'outreach', purpose: 'request' },
            within: '5m',
            retries: 2,
            onFailure: 'degrade',
            undo: 'human',
          }),
          step('askPartners', {
            action: 'FUSION_CLOUD_SYNC',
            with: { index: 'state', purpose: 'search', for: 'criminal-justice' },
            within: '2m',
            retries: 2,
            onFailure: 'degrade',
            undo: 'never',
          }),
        ],
      },
      { when: violence },
    ),
    step('purgeIntelligence', {
      action: 'INVESTIGATION_UPDATE',
      with: { change: 'purge-expired', incidentId: incident },
      legalBasis: '28 CFR 23.20(h)',
      within: '5m',
      retries: 3,
      onFailure: 'hold',
      undo: 'never',
    }),
    ...closing,
  ],
});
