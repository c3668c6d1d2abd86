export { type Access, type Asker, closedTo, createAccess, type Duty, seesIncident, seesPersons } from './access.ts';
export { dutyOf } from './duty.ts';
export { mayFollow } from './follow.ts';
