// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { any, given, not, said } from './language/condition.ts';
import { approval, defineWorkflow, parallel, step } from './language/define.ts';
import { api, event, manual } from './language/event.ts';
import { flag, place } from './language/input.ts';
import { closing, incident, oneClinician, opening } from './usual.ts';

/** From the call, or from what is known of the place: with a weapon nobody without a vest stands at the door. */
const weapon = any(given('weapon'), said('THREAT_ASSESSMENT', 'assessThreat', 'weapon', true));

/** The screen may raise how carefully people come; it sends nobody, and no condition reads it. */
export const crisisEscalationResponse = defineWorkflow({
  name: 'crisis-escalation-response',
  title: 'Crisis escalation response',
  version: 1,
  purpose:
    'A person’s crisis grows worse, as whoever took the call or stands there says. A clinician comes within minutes, with an officer trained for it, or speaks with the person remotely where there is a weapon; 988 knows, officers stand by out of sight and are advised on calming things down. ' +
    'With a weapon officers stay staged until a supervisor says that they go in. What was done is added to the record, and somebody follows up. ' +
    'It takes nobody into custody, starts no involuntary examination, and writes no accusation beforehand: the stability screen ends within a day and reaches no file.',
  priority: 'HIGH',
  timeout: '2h',
  on: [
    event({
      type: 'crisis.escalated',
      source: ['cad_system', 'dispatch'],
      why: 'triage by a call-taker or an officer on scene: recent conduct, not a score',
    }),
    manual('an officer or clinician on scene asks for it'),
    api('a dispatcher starts it from CAD'),
  ],
  inputs: { location: place({ required: true }), weapon: flag('data.weapon') },
  guardrails: ['hipaa', 'community-trust'],
  steps: [
    opening,
    step('screenStability', {
      action: 'HUMAN_STABILITY_ALERT',
      with: { screen: 'crisis', expires: '24h' },
      legalBasis: '45 CFR 164.512(j)',
      within: '30s',
      retries: 1,
      onFailure: 'degrade',
      undo: 'auto',
    }),
    step('assessThreat', {
      action: 'THREAT_ASSESSMENT',
      with: { topic: 'crisis', basis: 'reported-conduct' },
      within: '30s',
      retries: 1,
      onFailure: 'degrade',
      undo: 'never',
    }),
    parallel('help', {
      clinicianThere: [
        step('sendClinician', {
          action: 'CO_RESPONDER_DISPATCH',
          when: not(weapon),
          with: { mode: 'in-person', with: 'cit-officer' },
          legalBasis: '45 CFR 164.512(j)',
          needs: { DISPATCH_UNIT: oneClinician },
          within: '3m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      clinicianRemote: [
        step('callClinician', {
          action: 'CO_RESPONDER_DISPATCH',
          when: weapon,
          with: { mode: 'remote', with: 'alone' },
          legalBasis: '45 CFR 164.512(j)',
          within: '3m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      officers: [
        step('alertOfficers', {
          action: 'OFFICER_ALERT',
          with: {
            topic: 'crisis',
            radiusM: 3000,
            escalateToVoiceAfter: '15s',
            premiseHazards: 'attached',
            to: 'cit',
            posture: 'standby',
          },
          within: '15s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      line: [
        step('tell988', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'crisis', to: '988', purpose: 'inform' },
          legalBasis: '45 CFR 164.512(j)',
          within: '30s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    step('stageOfficers', {
      action: 'RESOURCE_ALLOCATE',
      with: { purpose: 'staging', topic: 'crisis' },
      needs: { OFFICER: { count: 2, prefers: { certifications: ['cit'], within: '10m' } }, VEHICLE: 1 },
      within: '30s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    step('alertSupervisor', {
      action: 'SUPERVISOR_ALERT',
      with: { topic: 'crisis', role: 'supervisor' },
      within: '15s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    step('adviseCalming', {
      action: 'TACTICAL_ANALYSIS',
      with: { question: 'de-escalation', radiusM: 200, label: 'advice', expires: '5m' },
      within: '30s',
      retries: 1,
      onFailure: 'degrade',
      undo: 'never',
    }),
    approval('allowApproach', {
      when: weapon,
      ask: 'supervisor',
      question:
        'There is word of a weapon. Shall officers leave their staging place and go to the person? Time and talk may be safer for everybody.',
      within: '10m',
      onSilence: 'refuse',
      then: [
        step('tellOfficersToGo', {
          action: 'OFFICER_ALERT',
          with: {
            topic: 'crisis',
            radiusM: 500,
            escalateToVoiceAfter: '15s',
            premiseHazards: 'attached',
            to: 'nearby',
            posture: 'respond',
          },
          within: '15s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    step('addToRecord', {
      action: 'INVESTIGATION_UPDATE',
      with: { change: 'add-record', incidentId: incident },
      within: '60s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'never',
    }),
    step('askFollowUp', {
      action: 'NOTIFICATION_SEND',
      with: { topic: 'crisis', to: 'outreach', purpose: 'follow-up' },
      within: '2m',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    ...closing,
  ],
});
