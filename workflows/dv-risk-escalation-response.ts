import { given, not } from './language/condition.ts';
import { approval, defineWorkflow, parallel, step } from './language/define.ts';
import { event, manual } from './language/event.ts';
import { flag, place } from './language/input.ts';
import { closing, incident, oneMedic, opening } from './usual.ts';

/** The call speaks of a weapon. */
const armed = given('weapon');

/** Two go, and one of them may ask the lethality questions where such an officer can be there in time: nobody else may (FS 741.29, as amended in 2024). */
const twoOfficers = { count: 2, prefers: { count: 1, certifications: ['lethality-assessment'], within: '5m' } } as const;

/**
 * The written report is owed even where nobody is arrested (FS 741.29(2)), so its draft holds until a person has seen that it failed. All help is on its way by then.
 * Two officers are held and sent in one step: where a second is not free neither goes alone, and the supervisor is told what is missing.
 * The supervisor hears of it while the victim is asked, not after: five minutes are the clock.
 */
export const dvRiskEscalationResponse = defineWorkflow({
  name: 'dv-risk-escalation-response',
  title: 'Domestic violence risk escalation',
  version: 1,
  purpose:
    'Somebody is hurt or threatened by a person they live or lived with. Two officers go, never one, knowing the hazards of the premises and the injunctions that stand; medics wait nearby. ' +
    'Whether the danger is mortal is asked: a trained officer puts the questions, the victim answers or declines, and no data answers for them. A supervisor knows, and a supervisor confirms that the victim agrees before a ' +
    'domestic violence centre hears of it. An officer writes the report. Nothing here computes a score from records, sends anything to the victim’s phone, or says anywhere which centre it was: the other one may be reading.',
  priority: 'HIGH',
  timeout: '4h',
  on: [
    event({
      type: ['call.domestic-violence', 'dv.reported'],
      source: ['cad_system', 'dispatch'],
      notRejected: true,
      why: 'a call or a report of domestic violence that nobody has called wrong',
    }),
    manual('an officer at another call sees what it really is'),
  ],
  inputs: { location: place(), weapon: flag('data.weapon') },
  guardrails: ['hipaa', 'bias-detection', 'due-process'],
  steps: [
    opening,
    parallel('firstResponse', {
      officers: [
        step('alertOfficers', {
          action: 'OFFICER_ALERT',
          with: {
            topic: 'domestic-violence',
            radiusM: 2000,
            escalateToVoiceAfter: '15s',
            premiseHazards: 'attached',
            protectionOrders: 'attached',
          },
          within: '10s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      units: [
        step('sendTwoUnits', {
          when: not(armed),
          action: 'PATROL_REROUTE',
          with: {
            mode: 'respond',
            approach: 'direct',
          },
          needs: { OFFICER: twoOfficers, VEHICLE: 2 },
          within: '2m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
        step('stageTwoUnits', {
          when: armed,
          action: 'PATROL_REROUTE',
          with: {
            mode: 'respond',
            approach: 'staged',
          },
          needs: { OFFICER: twoOfficers, VEHICLE: 2 },
          within: '2m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      medics: [
        step('stageMedics', {
          action: 'RESOURCE_ALLOCATE',
          with: { purpose: 'staging', topic: 'domestic-violence' },
          needs: { DISPATCH_UNIT: oneMedic },
          within: '1m',
          retries: 1,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    step('assessThreat', {
      action: 'THREAT_ASSESSMENT',
      with: { topic: 'domestic-violence', basis: 'reported-conduct' },
      within: '1m',
      retries: 1,
      onFailure: 'degrade',
      undo: 'never',
    }),
    parallel('askAndTell', {
      lethality: [
        step('askLethality', {
          action: 'HUMAN_STABILITY_ALERT',
          with: { screen: 'lethality-asked-by-officer', expires: '24h' },
          legalBasis: '45 CFR 164.512(j)',
          within: '30m',
          retries: 1,
          onFailure: 'degrade',
          undo: 'auto',
        }),
      ],
      supervisor: [
        step('alertSupervisor', {
          action: 'SUPERVISOR_ALERT',
          with: { topic: 'domestic-violence', role: 'supervisor' },
          within: '5m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'never',
        }),
      ],
    }),
    approval('confirmReferral', {
      ask: 'supervisor',
      question:
        'Did an officer trained in the assessment ask, did the victim answer, and does the victim agree that a domestic violence centre is told? The centre is named in no record.',
      within: '10m',
      onSilence: 'escalate',
      escalateTo: ['watch_commander'],
      // biome-ignore lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
      then: [
        step('tellCentre', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'domestic-violence', to: 'dv-centre', purpose: 'request' },
          legalBasis: '45 CFR 164.512(j)',
          within: '5m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    step('prepareReport', {
      action: 'CASE_GENERATION',
      with: { kind: 'domestic-violence', author: 'officer', reviewInDays: 30 },
      legalBasis: 'FS 741.29(2)',
      within: '1m',
      retries: 2,
      onFailure: 'hold',
      undo: 'human',
    }),
    step('planFollowUp', {
      action: 'INVESTIGATION_UPDATE',
      with: { change: 'follow-up', incidentId: incident },
      within: '30s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    ...closing,
  ],
});
