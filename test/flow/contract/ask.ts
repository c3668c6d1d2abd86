import { BASE_PATH } from '../../../shared/contracts/endpoints.ts';
import type { Role } from '../../../shared/contracts/vocabulary.ts';
import { undeclared } from '../../support/contract.ts';
import type { System } from '../../support/system.ts';

/** A request as it is put to the system; `path` below the base path, with its parameters filled in. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly role: Role | 'nobody';
  /** Where it matters who of the role. */
  readonly sub?: string | undefined;
  readonly agency?: string | undefined;
  /** As it is sent. */
  readonly text?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** What of it the document does not declare. */
  readonly wrong: string[];
}

/** Between two calls of a client the clock goes on: the stage has its own limit. */
const BETWEEN_MS = 20;

export const ask = async (running: System, { method, path, role, sub, agency, text, headers = {} }: Request): Promise<Told> => {
  const bearer: Record<string, string> = role === 'nobody' ? {} : { authorization: `Bearer ${await running.bearer(role, sub, agency)}` };
  const sent = { 'content-type': 'application/json', ...bearer, ...headers };
  const reply = await running.live(running.machine.gateway.request({ method, path: `${BASE_PATH}${path}`, headers: sent, body: text }));
  await running.pass(BETWEEN_MS);
  const told = { status: reply.status, type: reply.headers['content-type']?.toString(), text: String(reply.body) };
  const wrong = [...(reply.status >= 500 ? [`it answered ${reply.status}`] : []), ...undeclared(method, path, told)];
  return { status: reply.status, headers: reply.headers, text: told.text, wrong };
};
