import type { Operation } from '../../shared/contracts/endpoints.ts';
import type { Entry, Via } from '../../shared/contracts/journal.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { LogSink } from '../../shared/lambda/runtime.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import { type Caller, callerOf } from './caller.ts';
import type { ProxyEvent, ProxyResult } from './door.ts';
import { find } from './routes.ts';

type Door = (event: ProxyEvent) => Promise<ProxyResult>;

const FORBIDDEN = 403;
/** Asked with a body, and yet they change nothing and tell nobody; a check of the policy writes an entry of its own. */
const ONLY_LOOK: ReadonlySet<Via['to']> = new Set<Operation>(['simulate', 'checkPolicy']);

const outcomeOf = (status: number): Via['outcome'] => (status < 400 ? 'done' : status < 500 ? 'refused' : 'failed');

/** How a call came and ended; undefined for one that nobody who is known made, or that no operation answers. */
const viaOf = (event: ProxyEvent, { origin }: Caller, status: number): Via | undefined => {
  const { httpMethod, path, body } = event;
  const found = find(httpMethod, path, event);
  if (!found || 'allow' in found) return undefined;
  return {
    ...origin,
    to: found.endpoint.operation,
    object: found.params,
    size: Buffer.byteLength(body ?? ''),
    outcome: outcomeOf(status),
  };
};

/** What is written of a call: everything that a person did or tried to do, and what was forbidden to them. Looking leaves no entry here. */
export const entryOf = (event: ProxyEvent, status: number): Entry | undefined => {
  const caller = callerOf(event.requestContext);
  const isForbidden = status === FORBIDDEN;
  const via = caller && (isForbidden || event.httpMethod !== 'GET') ? viaOf(event, caller, status) : undefined;
  if (!caller || !via || (ONLY_LOOK.has(via.to) && !isForbidden)) return undefined;
  const data = { operation: via.to, status, roles: caller.roles, agency: caller.agency };
  return { kind: isForbidden ? 'access.refused' : 'access.granted', actor: `person/${caller.sub}`, via, data };
};

/** The door with a witness. What could not be written down is said; what was done stays done. */
export const witnessed =
  (door: Door, { journal, log }: { journal: Pick<JournalStore, 'commit'>; log: LogSink }): Door =>
  async (event) => {
    const result = await door(event);
    const entry = entryOf(event, result.statusCode);
    if (!entry) return result;
    try {
      await journal.commit(entry.actor, [entry]);
    } catch (error) {
      say(log, 'error', 'audit.unwritten', { operation: entry.via?.to, ...errorFields(error) });
    }
    return result;
  };
