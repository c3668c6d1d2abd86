// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { has } from './language/condition.ts';
import { approval, defineWorkflow, parallel, step } from './language/define.ts';
import { event, manual } from './language/event.ts';
import { code, place, reference } from './language/input.ts';
import { closing, notDrill, oneMedic, opening } from './usual.ts';

/**
 * The case file holds where it fails, until a person has seen that: a threat of this kind is not closed without one. Everybody who must know or stand ready does by then.
 * 28 CFR 23 binds systems funded under the Omnibus Crime Control Act; the agency adopts it for this one.
 * Officers are staged and the site is asked about while two persons decide who else is told.
 */
export const terroristThreatResponse = defineWorkflow({
  name: 'terrorist-threat-response',
  title: 'Terrorist threat response',
  version: 1,
  purpose:
    'A threat that is specific and credible, and rests on what somebody did, carries or plans. It is assessed within five minutes; the watch commander knows at once, and an intelligence officer and a watch commander together decide whether the joint task force is told. ' +
    'Partners’ indexes are asked, officers are staged, advice on containment is given. The same two may lock the site concerned, whose way out stays open and which only an incident commander ends; two persons of the command may warn the public. Cameras at the scene are turned to it, evidence is kept, and a detective writes the case. ' +
    'Nothing here rests on speech, religion or company, nobody is detained or stopped because of a list, and no drone flies.',
  priority: 'CRITICAL',
  timeout: '8h',
  on: [
    event({
      type: 'threat.credible',
      source: ['threat_intel', 'fusion_cloud'],
      notRejected: true,
      data: { ...notDrill, specific: [true], credible: [true], behavioural: [true], basis: ['behaviour', 'weapon', 'plan'] },
      why: 'specific, credible and about conduct; what somebody says or believes is none of the bases',
    }),
    manual('an intelligence officer has such a threat in hand'),
  ],
  inputs: {
    location: place(),
    basis: code('data.basis', ['behaviour', 'weapon', 'plan'], { required: true }),
    site: reference('data.site'),
  },
  guardrails: [
    'first-amendment',
    'due-process',
    'criminal-intelligence',
    'surveillance-technology-authorisation',
    'proportionality',
    'bias-detection',
    'community-trust',
  ],
  steps: [
    opening,
    step('assessThreat', {
      action: 'THREAT_ASSESSMENT',
      with: { topic: 'terrorist-threat', basis: 'reported-conduct' },
      within: '5m',
      retries: 1,
      onFailure: 'degrade',
      undo: 'never',
    }),
    parallel('informAndReady', {
      supervisor: [
        step('alertSupervisor', {
          action: 'SUPERVISOR_ALERT',
          with: { topic: 'terrorist-threat', role: 'watch_commander' },
          within: '15s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'never',
        }),
      ],
      taskForce: [
        approval('confirmThreat', {
          ask: 'intelligence_officer',
          second: 'watch_commander',
          question:
            'Is there reasonable suspicion of a crime, from conduct and not from speech, religion or company, and do the joint task force and Homeland Security need to know (28 CFR 23.20(a), (b), (e))?',
          within: '5m',
          onSilence: 'escalate',
          escalateTo: ['chief'],
          then: [
            step('tellTaskForce', {
              action: 'NOTIFICATION_SEND',
              with: { topic: 'terrorist-threat', to: 'fbi', purpose: 'inform', for: 'counter-terrorism' },
              legalBasis: '28 CFR 23.20(e)',
              within: '2m',
              retries: 2,
              onFailure: 'degrade',
              undo: 'human',
            }),
            step('tellHomelandSecurity', {
              action: 'NOTIFICATION_SEND',
              with: { topic: 'terrorist-threat', to: 'dhs', purpose: 'inform', for: 'counter-terrorism' },
              legalBasis: '28 CFR 23.20(e)',
              within: '2m',
              retries: 2,
              onFailure: 'degrade',
              undo: 'human',
            }),
          ],
        }),
      ],
      ready: [
        step('askPartners', {
          action: 'FUSION_CLOUD_SYNC',
          with: { index: 'state', purpose: 'confirm', for: 'counter-terrorism' },
          within: '2m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'never',
        }),
        step('stageOfficers', {
          action: 'RESOURCE_ALLOCATE',
          with: { purpose: 'staging', topic: 'terrorist-threat' },
          needs: { OFFICER: 2, VEHICLE: 1, DISPATCH_UNIT: oneMedic },
          within: '2m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
        step('adviseContainment', {
          action: 'TACTICAL_ANALYSIS',
          with: { question: 'containment', radiusM: 800, label: 'advice', expires: '5m' },
          within: '1m',
          retries: 1,
          onFailure: 'degrade',
          undo: 'never',
        }),
        approval('approveLock', {
          when: has('site'),
          ask: 'watch_commander',
          second: 'intelligence_officer',
          question: 'Shall the site be locked to those outside? Whoever is inside can leave, and only an incident commander ends it.',
          within: '2m',
          onSilence: 'escalate',
          escalateTo: ['incident_commander'],
          then: [
            step('lockSite', {
              action: 'LOCKDOWN_INITIATE',
              with: {
                target: 'building',
                site: '{% $states.input.inputs.site %}',
                spares: '911-cad-radio',
                egress: 'open',
                endedBy: 'incident_commander',
                exercise: false,
              },
              within: '30s',
              retries: 2,
              onFailure: 'degrade',
              undo: 'human',
            }),
          ],
        }),
      ],
    }),
    parallel('warnAndKeep', {
      warning: [
        approval('approveBroadcast', {
          ask: 'incident_commander',
          second: 'watch_commander',
          question: 'Shall the public within two kilometres be told to keep away from the place, for two hours?',
          within: '10m',
          onSilence: 'refuse',
          then: [
            step('warnPublic', {
              action: 'EMERGENCY_BROADCAST',
              with: {
                topic: 'terrorist-threat',
                audience: 'public',
                area: { radiusM: 2000 },
                languages: ['en', 'es', 'ht'],
                accessible: true,
                exercise: false,
                expires: '2h',
                owner: 'incident_commander',
                cancelText: 'The warning is cancelled. There is no danger at this place any more.',
              },
              within: '1m',
              retries: 1,
              onFailure: 'degrade',
              undo: 'human',
            }),
          ],
        }),
      ],
      scene: [
        step('turnCameras', {
          action: 'SENSOR_ACTIVATE',
          with: { what: 'cameras', radiusM: 500, keepMinutes: 60, purpose: 'scene-safety' },
          within: '30s',
          retries: 1,
          onFailure: 'degrade',
          undo: 'auto',
        }),
        step('preserveEvidence', {
          action: 'EVIDENCE_COLLECTION',
          with: { sources: ['cameras', 'cad-recording'], beforeMinutes: 60, afterMinutes: 60 },
          within: '5m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'never',
        }),
      ],
    }),
    step('prepareCase', {
      action: 'CASE_GENERATION',
      with: { kind: 'terrorist-threat', author: 'detective', reviewInDays: 30 },
      within: '1m',
      retries: 2,
      onFailure: 'hold',
      undo: 'human',
    }),
    ...closing,
  ],
});
