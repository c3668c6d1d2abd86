// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { all, given, not, startedBy } from './language/condition.ts';
import { approval, defineWorkflow, parallel, step } from './language/define.ts';
import { api, event, manual } from './language/event.ts';
import { code, place, reference } from './language/input.ts';
import { closing, incident, notDrill, oneClinician, oneMedic, opening } from './usual.ts';

/** The school's own button, told by an event; what a request or a caller claims locks no door. */
const pressed = all(startedBy('EVENT'), given('report', 'panic.school'));

/** Where nobody named the school, its twin is asked for the place of the incident. */
const site = '{% $exists($states.input.inputs.site) ? $states.input.inputs.site : $states.input.incidentId %}';
const lock = { target: 'school', site, spares: '911-cad-radio', egress: 'open', endedBy: 'incident_commander', exercise: false } as const;

/**
 * The steps before the lockdown have so little time that it is asked for within thirty seconds even where each of them uses all of it. Patrols and medics go while a person is asked about the doors.
 * No step may fail or hold: every one is help or tells those who help.
 * Who may lock is the district's emergency policy; FS 1006.07(4)(c) gives the button. What a school tells is its own decision (34 CFR 99.36).
 * A place that nobody knows yet keeps nobody from being told.
 */
export const schoolThreatResponse = defineWorkflow({
  name: 'school-threat-response',
  title: 'School threat response',
  version: 1,
  purpose:
    'A school’s panic button, a tip or a report. The watch commander, the school’s own officer and its threat team are told. The button is the school’s own word and locks its doors at once, which is reviewed within a day; without it a school official, or else an incident commander, is asked for half a minute, ' +
    'and on a no a clinician goes and support for the student is asked for instead. The building’s twin shows doors and cameras, patrols and medics come, parents hear what two persons agreed to tell them, the case is investigated and evidence kept. ' +
    'Ways out stay open, and nothing here unlocks: a lockdown is ended by an incident commander, by name. Nothing predicts a student, and no child’s name is sent to anybody.',
  priority: 'CRITICAL',
  timeout: '8h',
  on: [
    event({
      type: 'panic.school',
      source: ['sensor_grid', 'cad_system', 'dispatch', 'emergency_mgmt'],
      notRejected: true,
      data: notDrill,
      why: 'somebody at the school pressed the button',
    }),
    event({
      type: 'school.threat',
      source: ['cad_system', 'dispatch', 'emergency_mgmt'],
      notRejected: true,
      data: notDrill,
      why: 'a report, or a tip that the state’s tip line passed on (FS 943.082)',
    }),
    manual('an officer or a school official hears of it'),
    api('the district’s own tool starts it'),
  ],
  inputs: {
    location: place(),
    report: code('type', ['panic.school', 'school.threat']),
    site: reference('data.site'),
  },
  guardrails: ['hipaa', 'bias-detection', 'first-amendment', 'surveillance-technology-authorisation', 'proportionality', 'community-trust'],
  steps: [
    opening,
    step('assessThreat', {
      action: 'THREAT_ASSESSMENT',
      with: { topic: 'school-threat', basis: 'reported-conduct' },
      within: '8s',
      onFailure: 'degrade',
      undo: 'never',
    }),
    parallel('inform', {
      supervisor: [
        step('alertSupervisor', {
          action: 'SUPERVISOR_ALERT',
          with: { topic: 'school-threat', role: 'watch_commander' },
          within: '10s',
          retries: 1,
          onFailure: 'degrade',
          undo: 'never',
        }),
      ],
      schoolOfficer: [
        step('alertSchoolOfficer', {
          action: 'OFFICER_ALERT',
          with: {
            topic: 'school-threat',
            radiusM: 2000,
            escalateToVoiceAfter: '15s',
            premiseHazards: 'attached',
            to: 'school-officer',
            posture: 'respond',
          },
          within: '10s',
          retries: 1,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      threatTeam: [
        step('tellThreatTeam', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'school-threat', to: 'school-threat-team', purpose: 'inform' },
          legalBasis: '45 CFR 164.512(j)',
          within: '10s',
          retries: 1,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    parallel('secure', {
      doors: [
        step('lockOnButton', {
          when: pressed,
          action: 'LOCKDOWN_INITIATE',
          with: lock,
          within: '30s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
          lifeSafety: { review: '24h' },
        }),
        approval('askToLock', {
          when: not(pressed),
          ask: 'school_official',
          question: 'Shall the school be locked? Whoever is inside can leave, and only an incident commander ends it.',
          within: '30s',
          onSilence: 'escalate',
          escalateTo: ['incident_commander'],
          then: [
            step('lockSchool', {
              action: 'LOCKDOWN_INITIATE',
              with: lock,
              within: '30s',
              retries: 2,
              onFailure: 'degrade',
              undo: 'human',
            }),
          ],
          otherwise: [
            parallel('careInstead', {
              clinician: [
                step('sendClinician', {
                  action: 'CO_RESPONDER_DISPATCH',
                  with: { mode: 'in-person', with: 'cit-officer' },
                  needs: { DISPATCH_UNIT: oneClinician },
                  legalBasis: '45 CFR 164.512(j)',
                  within: '3m',
                  retries: 2,
                  onFailure: 'degrade',
                  undo: 'human',
                }),
              ],
              student: [
                step('askSupport', {
                  action: 'HUMAN_STABILITY_ALERT',
                  with: { screen: 'student-support', expires: '24h' },
                  legalBasis: '45 CFR 164.512(j)',
                  within: '2m',
                  retries: 1,
                  onFailure: 'degrade',
                  undo: 'auto',
                }),
              ],
            }),
          ],
        }),
      ],
      twin: [
        step('openTwin', {
          action: 'SENSOR_ACTIVATE',
          with: { what: 'site-twin', radiusM: 300, keepMinutes: 60, purpose: 'scene-safety' },
          within: '30s',
          retries: 1,
          onFailure: 'degrade',
          undo: 'auto',
        }),
      ],
      patrols: [
        step('sendPatrols', {
          action: 'PATROL_REROUTE',
          with: { mode: 'respond', approach: 'direct' },
          needs: { OFFICER: 2, VEHICLE: 1 },
          within: '2m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      medics: [
        step('stageMedics', {
          action: 'RESOURCE_ALLOCATE',
          with: { purpose: 'staging', topic: 'school-threat' },
          needs: { DISPATCH_UNIT: oneMedic },
          within: '1m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    approval('approveParents', {
      ask: 'school_official',
      second: 'incident_commander',
      question: 'Shall parents be told that the school is being secured, where to wait, and no more? No child is named.',
      within: '10m',
      onSilence: 'refuse',
      then: [
        step('tellParents', {
          action: 'EMERGENCY_BROADCAST',
          with: {
            topic: 'school-threat',
            audience: 'parents',
            area: { radiusM: 1000 },
            languages: ['en', 'es', 'ht'],
            accessible: true,
            exercise: false,
            expires: '4h',
            owner: 'incident_commander',
            cancelText: 'The school is safe. Children can be met where the school says.',
          },
          within: '1m',
          retries: 1,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    step('openInvestigation', {
      action: 'INVESTIGATION_CREATE',
      with: { kind: 'school-threat', incidentId: incident },
      within: '30s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    step('preserveEvidence', {
      action: 'EVIDENCE_COLLECTION',
      with: { sources: ['cameras', 'cad-recording'], beforeMinutes: 30, afterMinutes: 60 },
      within: '5m',
      retries: 2,
      onFailure: 'degrade',
      undo: 'never',
    }),
    ...closing,
  ],
});
