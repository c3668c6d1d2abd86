import { type Endpoint, LOOK, Page } from './endpoint.ts';
import {
  DeclareRequest,
  JoinRequest,
  JointCommandRequest,
  JointList,
  JointPicture,
  JointReason,
  JointRenewal,
  JointUnitsRequest,
  JointView,
} from './joint.ts';
import type { Role } from './vocabulary.ts';

/** Who speaks for an agency: its chief or watch commander, or whom these made incident commander. */
const SPEAK: readonly Role[] = ['watch_commander', 'incident_commander', 'chief'];
/** Who sends an agency's units. */
const SEND: readonly Role[] = ['dispatcher', 'supervisor', ...SPEAK];

/** A word on an operation: the operation, the end of its path, who may say it, its body. People of other agencies say it for their own. */
const word = <O extends string, B extends Endpoint['body']>(operation: O, end: string, roles: readonly Role[], body: B, summary: string) =>
  ({
    operation,
    method: 'POST',
    path: `/joint-operations/{id}/${end}`,
    roles,
    shared: true,
    body,
    reply: JointView,
    refuses: ['conflict'],
    summary,
  }) as const;

/** Operations of several agencies under one lead and a unified command. */
export const jointEndpoints = [
  {
    operation: 'listJointOperations',
    method: 'GET',
    path: '/joint-operations',
    roles: LOOK,
    shared: true,
    query: Page,
    reply: JointList,
    summary:
      'Joint operations: first all that have not ended, then those that have; people of other agencies see those that their own is asked into',
  },
  {
    operation: 'declareJointOperation',
    method: 'POST',
    path: '/joint-operations',
    roles: SPEAK,
    body: DeclareRequest,
    reply: JointView,
    status: 201,
    refuses: ['conflict'],
    summary: 'Declare an operation that the caller’s agency leads; it is in force once another agency accepts',
  },
  {
    operation: 'getJointOperation',
    method: 'GET',
    path: '/joint-operations/{id}',
    roles: LOOK,
    shared: true,
    reply: JointView,
    etag: true,
    summary: 'One joint operation: who takes part, who commands, which units are committed',
  },
  {
    operation: 'jointPicture',
    method: 'GET',
    path: '/joint-operations/{id}/picture',
    roles: LOOK,
    joint: true,
    reply: JointPicture,
    refuses: ['conflict'],
    summary: 'The common operating picture: incidents, events, runs, units and open questions of an operation in force',
  },
  word('acceptJointOperation', 'accept', SPEAK, JoinRequest, 'Take part: said for the caller’s agency, by another person than declared it'),
  word('declineJointOperation', 'decline', SPEAK, JointReason, 'Take no part, or no part any more'),
  word('assignJointUnits', 'resources', SEND, JointUnitsRequest, 'Commit units of the caller’s agency to the operation, or withdraw them'),
  word(
    'commandJointOperation',
    'command',
    SPEAK,
    JointCommandRequest,
    'Name or relieve somebody in the unified command; hand the lead over, and take it',
  ),
  word('renewJointOperation', 'renew', SPEAK, JointRenewal, 'Begin a new operational period; the lead’s to say'),
  word('endJointOperation', 'end', SPEAK, JointReason, 'End it: the lead’s to say; runs go on under our own command'),
] as const satisfies readonly Endpoint[];
