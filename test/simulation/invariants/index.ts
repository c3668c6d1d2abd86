import type { Observation } from '../observe.ts';
import { eachEffectOnce, journalAndCityAgree, undoneNewestFirst, whatTimedOutWasAsked } from './effects.ts';
import { aPausedEngineIsStill, nothingWaitsInTheEnd, whatIsMatchedInAPauseWaits } from './engine.ts';
import {
  everyQuestionEndsOnce,
  handOversAreKnown,
  noExecutionIsStuck,
  noRunMeetsItsDeadline,
  nothingBeginsAfterTheEnd,
  onlyAYesIsTakenOver,
  pausedRunsBeginNothing,
  stepsEndOnce,
} from './executions.ts';
import { everyHourCloses } from './hours.ts';
import { fusedWhereItIsFound, incidentsAreTheRelation, oneRunAnIncident } from './incidents.ts';
import { auditChainIsWhole } from './journal.ts';
import { channelsAreGapless, everyEventIsFusedOnce, everyEventIsSomewhere, everyMatchEndsOnce, ledgerCloses } from './ledger.ts';
import { machineDoesNotComplain, nothingIsLeftInQueues } from './queues.ts';
import { everyUnitIsBack, noUnitHasTwoHolders } from './units.ts';

const invariants: Readonly<Record<string, (seen: Observation) => string[]>> = {
  auditChainIsWhole,
  ledgerCloses,
  everyHourCloses,
  everyEventIsSomewhere,
  everyEventIsFusedOnce,
  everyMatchEndsOnce,
  channelsAreGapless,
  incidentsAreTheRelation,
  fusedWhereItIsFound,
  oneRunAnIncident,
  noExecutionIsStuck,
  stepsEndOnce,
  everyQuestionEndsOnce,
  onlyAYesIsTakenOver,
  noRunMeetsItsDeadline,
  nothingBeginsAfterTheEnd,
  pausedRunsBeginNothing,
  aPausedEngineIsStill,
  whatIsMatchedInAPauseWaits,
  nothingWaitsInTheEnd,
  handOversAreKnown,
  noUnitHasTwoHolders,
  everyUnitIsBack,
  eachEffectOnce,
  journalAndCityAgree,
  whatTimedOutWasAsked,
  undoneNewestFirst,
  nothingIsLeftInQueues,
  machineDoesNotComplain,
};

export interface Violation {
  readonly invariant: string;
  readonly says: string;
}

export const violationsOf = (seen: Observation): Violation[] =>
  Object.entries(invariants).flatMap(([invariant, check]) => check(seen).map((says) => ({ invariant, says })));
