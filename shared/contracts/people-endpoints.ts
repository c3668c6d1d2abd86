import { AskAnswer, Asked, AskList } from './ask.ts';
import { COMMAND, type Endpoint } from './endpoint.ts';
import { BarredList, LetIn, PersonRequest, RevokeRequest, Shut } from './people.ts';
import type { Role } from './vocabulary.ts';

/** Who may ask for, or confirm, what takes two persons; each operation narrows it to its own roles. */
const SECOND: readonly Role[] = ['kernel_operator', 'remote_pilot', ...COMMAND];

/** Who gets in, and what takes two persons. */
export const peopleEndpoints = [
  {
    operation: 'listBarred',
    method: 'GET',
    path: '/people/barred',
    roles: ['admin', 'supervisor', 'watch_commander', 'auditor'],
    reply: BarredList,
    summary: 'Who gets in no more, and which tokens count no more',
  },
  {
    operation: 'disablePerson',
    method: 'POST',
    path: '/people/{sub}/disable',
    roles: ['admin'],
    effect: 'administer',
    body: PersonRequest,
    reply: Shut,
    refuses: ['conflict'],
    summary: 'Shut somebody out: every call is refused and every live connection ended at once',
  },
  {
    operation: 'enablePerson',
    method: 'POST',
    path: '/people/{sub}/enable',
    roles: ['admin'],
    effect: 'administer',
    body: PersonRequest,
    reply: LetIn,
    summary: 'Let somebody in again',
  },
  {
    operation: 'unlockPerson',
    method: 'POST',
    path: '/people/{sub}/unlock',
    roles: ['admin', 'supervisor', 'watch_commander'],
    effect: 'administer',
    body: PersonRequest,
    reply: LetIn,
    summary: 'Let somebody try to sign in again who was locked out by failed attempts',
  },
  {
    operation: 'revokeTokens',
    method: 'POST',
    path: '/tokens/revoke',
    roles: ['admin'],
    effect: 'administer',
    body: RevokeRequest,
    reply: Shut,
    summary: 'End a token, or all that a person was given until now',
  },
  {
    operation: 'listAsks',
    method: 'GET',
    path: '/asks',
    roles: SECOND,
    reply: AskList,
    summary: 'What takes two persons and waits for the second',
  },
  {
    operation: 'answerAsk',
    method: 'POST',
    path: '/asks/{id}',
    roles: SECOND,
    body: AskAnswer,
    reply: Asked,
    refuses: ['conflict'],
    summary: 'Say yes or no as the second person; on yes it is done',
  },
] as const satisfies readonly Endpoint[];
