import type { Entry } from '../../shared/contracts/journal.ts';
import { isBarred } from '../../shared/domain/barred.ts';
import { dynamoDb } from '../../shared/lambda/clients.ts';
import { lazily, setting } from '../../shared/lambda/doors.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { barredStore } from '../../shared/stores/barred.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import { signinsStore } from '../../shared/stores/signins.ts';
import { attempt } from './attempt.ts';

/** What the user pool hands in before it looks at a password, and after a sign-in came to its end. */
interface SigninEvent {
  readonly triggerSource: string;
  readonly request: { readonly userAttributes?: { readonly sub?: string }; readonly userNotFound?: boolean };
}

const ATTEMPTS = 10;
const LOCKED = 'This account is locked for a while after too many attempts. A supervisor or watch commander unlocks it at once';
const OUT = 'This account is disabled. An admin lets it in again';

/** The door of `signin`: the pool goes on where the event comes back, and tells the person the error where one is thrown. */
export const create = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const { clock } = runtime;
  const name = setting(runtime, 'CONNECTIONS_TABLE');
  const [signins, barred] = [signinsStore(client, name), barredStore(client, name, clock)];
  const journal = journalStore({ client, name: setting(runtime, 'JOURNAL_TABLE'), runtime });
  const entry = (kind: Entry['kind'], sub: string, data: Entry['data'] = {}): Entry => ({ kind, actor: `person/${sub}`, data });

  /** Counts an attempt; two at once count as two. */
  const before = async (sub: string): Promise<void> => {
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const [now, known] = [clock.now(), await signins.get(sub)];
      const { allowed, keep } = attempt(known, now);
      if (!keep) throw new Error(LOCKED);
      const said = allowed
        ? entry('logon.attempted', sub, { nth: keep.tries.length })
        : entry('logon.locked', sub, { until: iso(keep.lockedUntil ?? now) });
      if (!(await journal.commit(`person/${sub}`, [said], [signins.keep(sub, known, keep, now)])).ok) continue;
      if (!allowed) throw new Error(LOCKED);
      return;
    }
    throw new Error('Too many attempts at once: try again');
  };

  const after = async (sub: string): Promise<void> => {
    await journal.commit(`person/${sub}`, [entry('logon.succeeded', sub)], [signins.forget(sub)]);
  };

  return async (event: SigninEvent): Promise<SigninEvent> => {
    const sub = event.request.userAttributes?.sub;
    // Whoever is no person of ours has nothing to lock, and the pool refuses them in the same words as a wrong password.
    if (!sub || event.request.userNotFound) return event;
    if (isBarred(await barred.lately(), { sub, issuedAt: clock.now() })) throw new Error(OUT);
    await (event.triggerSource.startsWith('PreAuthentication') ? before(sub) : after(sub));
    return event;
  };
};

export const handler = lazily(create);
