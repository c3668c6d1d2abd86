// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { any, given } from './language/condition.ts';
import { approval, defineWorkflow, parallel, step } from './language/define.ts';
import { api, event, manual } from './language/event.ts';
import { flag, place } from './language/input.ts';
import { closing, incident, notDrill, oneDrone, opening } from './usual.ts';

/** An adult who may go where they like is asked after, not searched for with readers, drones and broadcasts. */
const vulnerable = any(given('child'), given('atRisk'));

/** The entry into the indexes is due within 2 h of having the minimum data (NCIC for those under 21; for others the agency's own rule). */
export const missingPersonResponse = defineWorkflow({
  name: 'missing-person-response',
  title: 'Missing person response',
  version: 1,
  purpose:
    'A report of a missing person was accepted. All officers on duty are told at once, the state and national indexes are asked and told, and the county’s agencies know. For a child, or an adult at risk, ' +
    'readers are asked for the one plate, a drone searches, a stability screen is asked for, and the watch commander decides with the state about a broadcast. A supervisor alone opens the readers’ history. ' +
    'Whoever reported is told by a person, never by a message: nothing here tells anybody where a competent adult is.',
  priority: 'HIGH',
  timeout: '4h',
  on: [
    event({
      type: 'missing-person.reported',
      source: ['cad_system', 'investigations'],
      data: notDrill,
      why: 'an accepted report; there is no waiting time (Fla. Stat. 937.021(3), (4)(a))',
    }),
    manual('an officer takes the report in person'),
    api('a dispatcher starts it from CAD'),
  ],
  inputs: { location: place({ required: true }), child: flag('data.child'), atRisk: flag('data.atRisk') },
  guardrails: [
    'fourth-amendment-drone-surveillance',
    'fourth-amendment-tracking',
    'florida-drone-statute',
    'surveillance-technology-authorisation',
    'hipaa',
    'data-retention',
    'community-trust',
  ],
  steps: [
    opening,
    parallel('tellAtOnce', {
      officers: [
        step('alertOfficers', {
          action: 'OFFICER_ALERT',
          with: { topic: 'missing-person', radiusM: 20_000, escalateToVoiceAfter: '15s', premiseHazards: 'attached' },
          legalBasis: 'Fla. Stat. 937.021(4)(a)',
          within: '15s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      indexes: [
        step('askStateIndex', {
          action: 'FUSION_CLOUD_SYNC',
          with: { index: 'state', purpose: 'search', for: 'missing-person' },
          within: '2m',
          retries: 3,
          onFailure: 'degrade',
          undo: 'never',
        }),
        step('enterNationalIndex', {
          action: 'FUSION_CLOUD_SYNC',
          with: { index: 'ncic', purpose: 'share', for: 'missing-person' },
          legalBasis: 'Fla. Stat. 937.021(4)(a)',
          within: '10m',
          retries: 5,
          onFailure: 'degrade',
          undo: 'never',
        }),
      ],
      county: [
        step('tellCountyAgencies', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'missing-person', to: 'county-agencies', purpose: 'inform' },
          within: '60s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    step('assessRisk', {
      action: 'THREAT_ASSESSMENT',
      with: { topic: 'missing-person', basis: 'reported-conduct' },
      within: '60s',
      retries: 1,
      onFailure: 'degrade',
      undo: 'never',
    }),
    parallel(
      'search',
      {
        plates: [
          step('askReaders', {
            action: 'SENSOR_ACTIVATE',
            with: { what: 'lpr-one-plate', radiusM: 20_000, keepMinutes: 240, caseNumber: incident, purpose: 'missing-person' },
            within: '60s',
            retries: 1,
            onFailure: 'degrade',
            undo: 'auto',
          }),
          approval('openHistory', {
            ask: 'supervisor',
            question:
              'May the readers’ past hits of this one plate be looked at, to find where it was last? What is not a hit is not kept.',
            within: '10m',
            onSilence: 'refuse',
            then: [
              step('askHistory', {
                action: 'SENSOR_ACTIVATE',
                with: { what: 'lpr-history', radiusM: 20_000, keepMinutes: 240, caseNumber: incident, purpose: 'missing-person' },
                within: '2m',
                onFailure: 'degrade',
                undo: 'auto',
              }),
            ],
          }),
        ],
        air: [
          step('searchByDrone', {
            action: 'DRONE_DISPATCH',
            with: { purpose: 'search', sensors: 'scene-only', enRoute: 'stowed', acceptedBy: 'remote_pilot', maxMinutes: 60 },
            legalBasis: 'FS 934.50(4)(c)',
            needs: { DRONE: oneDrone },
            waits: '5m',
            within: '3m',
            onFailure: 'degrade',
            undo: 'auto',
          }),
        ],
      },
      { when: vulnerable },
    ),
    step('screenStability', {
      action: 'HUMAN_STABILITY_ALERT',
      when: vulnerable,
      with: { screen: 'missing-person', expires: '24h' },
      legalBasis: '45 CFR 164.512(f)(2)',
      within: '2m',
      retries: 1,
      onFailure: 'degrade',
      undo: 'auto',
    }),
    approval('warnPublic', {
      when: vulnerable,
      ask: 'watch_commander',
      question: 'Shall the state be asked for its alert, and the public within 10 km be asked to look out, for twelve hours?',
      within: '15m',
      onSilence: 'escalate',
      escalateTo: ['chief'],
      then: [
        step('askStateForAlert', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'missing-person', to: 'state', purpose: 'request', for: 'missing-person' },
          within: '2m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
        approval('repeatStateAlert', {
          ask: 'watch_commander',
          second: 'chief',
          question: 'Has the state issued its alert, and shall the city repeat it in its own channels? Two persons decide.',
          within: '30m',
          onSilence: 'refuse',
          then: [
            step('broadcastLookOut', {
              action: 'EMERGENCY_BROADCAST',
              with: {
                topic: 'missing-person',
                audience: 'public',
                area: { radiusM: 10_000 },
                languages: ['en', 'es', 'ht'],
                accessible: true,
                expires: '12h',
                owner: 'watch_commander',
                cancelText: 'The search for the missing person has ended. Thank you; please share the earlier message no further.',
                exercise: false,
              },
              within: '2m',
              onFailure: 'degrade',
              undo: 'human',
            }),
          ],
        }),
      ],
    }),
    step('openInvestigation', {
      action: 'INVESTIGATION_CREATE',
      with: { kind: 'missing-person', incidentId: incident },
      within: '60s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    step('planFollowUp', {
      action: 'INVESTIGATION_UPDATE',
      with: { change: 'follow-up', incidentId: incident },
      within: '60s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'never',
    }),
    ...closing,
  ],
});
