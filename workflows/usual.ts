import { step } from './language/define.ts';

/** How every response opens: what stands in its way is said before anything is sent. It decides nothing, so its miss stops nothing. */
export const opening = step('validatePolicy', {
  action: 'POLICY_VALIDATION',
  with: { scope: 'whole-run' },
  within: '10s',
  retries: 1,
  onFailure: 'degrade',
  undo: 'never',
});

/** How every response closes: its units go back, then the record says what was done and what is missing. */
export const closing = [
  step('releaseUnits', {
    action: 'RESOURCE_RELEASE',
    with: { which: 'all' },
    within: '30s',
    retries: 2,
    onFailure: 'degrade',
    undo: 'never',
  }),
  step('closeRecord', {
    action: 'AUDIT_LOG',
    with: { entry: 'closing' },
    within: '30s',
    retries: 2,
    onFailure: 'degrade',
    undo: 'never',
  }),
] as const;

/** A drone that somebody may fly: 14 CFR 107.12(a). Where there is none the flight is missing, and nothing else. */
export const oneDrone = { count: 1, certifications: ['remote-pilot'] } as const;

/** A crew that takes a patient along, where one can come within ten minutes; else whoever of fire and rescue is nearest. */
export const oneMedic = { count: 1, prefers: { capabilities: ['transport'], within: '10m' } } as const;

/** Whom a co-responder step sends: nobody else is one. */
export const oneClinician = { count: 1, certifications: ['clinician'] } as const;

/** Of a trigger: the reporter did not call it a drill. Drills are simulated; nothing here locks or broadcasts for one. */
export const notDrill = { exercise: [false, null, { exists: false }] };

/** The incident's own number, under which others keep what this response asks of them. */
export const incident = '{% $states.input.incidentId %}';
