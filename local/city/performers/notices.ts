import { about, done, type Performer, say, text } from '../plan.ts';
import { agencyNotice } from './partners/agencies.ts';

/** A notice to a desk: delivered, read, accepted by name. */
const notice =
  (by: string, ms: number, result: Record<string, unknown> = {}): Performer =>
  (_request, { random }) => {
    const accepted = about(ms, random);
    return [
      say(200, { stage: 'DELIVERED', by }),
      say(Math.round(accepted / 2), { stage: 'READ', by }),
      done(accepted, { stage: 'ACCEPTED', by, result }),
    ];
  };

export const supervisorAlert = notice('watch-commander-1', 1800);
const told = notice('notified-desk', 1200);
/** Hospitals that are asked can take everybody. */
const polled = notice('notified-desk', 1200, { capacity: 'enough' });
export const notification: Performer = (request, view) =>
  agencyNotice(request, view) ?? (text(request, 'purpose') === 'poll' ? polled : told)(request, view);

/** A screen is a clinician's impression for a day; the number that a machine might give stays out. */
export const humanStability = notice('clinician-1', 2000, { risk: 'elevated' });
export const lockdown = notice('site-official-1', 2200, { doors: 'locked', egress: 'free' });
export const bolo = notice('dispatch-desk', 900);

/** The simulated city cannot reach the public: every broadcast of it is an exercise. */
export const broadcast = notice('alerting-desk', 1500, { exercise: true });

/** Work of a machine: done in a moment, with nobody to acknowledge it. */
export const machineWork: Performer = (_request, { random }) => [done(about(600, random), { result: {} })];
