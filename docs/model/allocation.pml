/*
 * Lease, fencing and preemption, as runs, crews and the sweep go about them. What is modelled of which file, what each claim
 * means and what each FAULT_ takes away stands in README.md.
 */
#include "store.pml"

/* shared/domain/allocation/allocate.ts: what the run lacks is chosen, claimed whole, and ordered. `hand` is who does it, `who` for whom. */
inline overlook() { picks = 0; wasFree = 0; missing = 0; u = 0; sawFence[0] = 0; sawFence[1] = 0; sawCell[0] = 0; sawCell[1] = 0 }
inline forget() { overlook(); mine[0] = 0; mine[1] = 0; asked[hand] = 0; unread(0); unread(1) }
inline unread(u) { same[OF(hand, u)] = 0 }

/* What it holds and what it lacks. */
inline count(who) {
  atomic { forget(); missing = NEED(who) - HAS(who); mine[0] = lease[OF(who, 0)]; mine[1] = lease[OF(who, 1)]; asked[hand] = 1 }
}

/* Each unit is read at a moment of its own; one that is free, or that it may take, is picked or left: the nearest is any. */
inline look(who) {
  do
  :: u < UNITS ->
     atomic {
       if
       :: missing > 0 && (unit[u].status == FREE || (unit[u].status == HELD && !unit[u].onScene && GOES_BEFORE(who, unit[u].holder))) ->
          picks = picks | 1 << u;
          wasFree = wasFree | (unit[u].status == FREE -> 1 << u : 0);
          REMEMBER(u, unit[u].fence, unit[u].cell);
          same[OF(hand, u)] = 1;
          missing--
       :: true
       fi;
       u++
     }
  :: else -> break
  od
}

#define MAY_TAKE(u) (!(picks & 1 << u) || (wasFree & 1 << u -> IS_FREE(u) : IS_UNDER_WAY(u)))

inline given(who) {
  asked[who] = 0;
  if
  :: planning == who -> asked[REPLAN] = 0
  :: else
  fi
}

/* In one transaction; `missing` > 0 afterwards: a rival was faster. */
inline claim(who) {
#ifdef FAULT_BUNDLE_IN_TWO_TRANSACTIONS
  u = 0;
  do
  :: u < UNITS ->
     d_step {
       if
       :: picks & 1 << u && MAY_TAKE(u) && IS_LACKING(who) && GOES_ON(who) -> take(who, u); picks = picks & ~(1 << u); whole[who] = picks == 0; allIsWell()
       :: else
       fi;
       u++
     }
  :: else -> break
  od;
  missing = picks
#else
  d_step {
    if
    :: MAY_TAKE(0) && MAY_TAKE(1) && IS_LACKING(who) && GOES_ON(who) ->
       if
       :: picks & 1 -> take(who, 0)
       :: else
       fi;
       if
       :: picks & 2 -> take(who, 1)
       :: else
       fi;
       whole[who] = 1;
       given(who);
       allIsWell()
    :: else -> missing = 1
    fi
  }
#endif
}

#ifdef FAULT_CREW_OBEYS_ANYBODY
#define OBEYS(u, fence) true
#else
#define OBEYS(u, fence) (fence >= passed[u])
#endif

/* An order reaches its crew, who refuse whatever comes under an older fence than they know. */
inline reach(from, u, fence) {
  if
  :: OBEYS(u, fence) ->
     assert(fence >= passed[u]);
     assert(fence > passed[u] || from == by[u]);
     passed[u] = fence; by[u] = from
  :: else
  fi
}

/* The units are asked under the fences it believes to hold them by; any of them may be another's by now. An order arrives, or lies on its way. */
inline send(who) {
#ifdef CROWD
  atomic { overlook(); asked[hand] = 0; unread(0); unread(1) };
  do
  :: atomic { u < UNITS && mine[u] == 0 -> u++ }
  :: atomic { u < UNITS && mine[u] > 0 -> reach(who, u, mine[u]); mine[u] = 0; u++ }
  :: atomic { u < UNITS && mine[u] > 0 && late == 0 -> late = who + 1; lateTo = u; lateFence = mine[u]; mine[u] = 0; u++ }
  :: u == UNITS -> break
  od;
#endif
  atomic { forget() }
}

/* Where a delivery is cut short: what was written stands, what was in hand is gone, and the command comes again. */
inline orCrash() {
  if
  :: atomic { crashes > 0 -> crashes--; forget(); goto again }
  :: true
  fi
}

/* One step of a run, to its end: functions/step, functions/finish. */
proctype Run(byte who) {
  byte hand = who, u, picks, wasFree, missing, sawFence[UNITS], mine[UNITS], at, fence;
  bit sawCell[UNITS];

again:
  count(who);
  if
  :: missing == 0 -> goto sent
  :: else
  fi;
  look(who);
  if
  :: atomic { missing > 0 -> forget(); goto again }
  :: atomic { missing > 0 -> forget(); goto ending }
  :: missing == 0
  fi;
  claim(who);
  if
  :: atomic { missing > 0 -> forget(); goto again }
  :: missing == 0
  fi;
  orCrash();
#ifdef FAULT_NOTICE_APART
  if
  :: fence > 0 -> notice[at] = notice[at] | 1 << fence; at = 0; fence = 0
  :: else
  fi;
#endif
sent:
  send(who);
  orCrash();

  do /* its leases are renewed while it goes on */
#ifdef PAIR
  :: renew(who, 0)
#endif
  :: break
  od;

ending:
  over[who] = 1;
  do
  :: u < UNITS ->
     atomic { mine[u] = lease[OF(who, u)]; READ_PLACE(u) };
     if
     :: mine[u] == 0 -> u++
     :: mine[u] > 0 -> release(who, u); mine[u] = 0
     fi
  :: else -> break
  od;
  atomic { forget(); ended++ }
}

/* functions/settle/replan.ts: the word that a unit was taken comes once or more often; while its notice stands, its run asks again. */
proctype Replan() {
  byte hand = REPLAN, u, picks, wasFree, missing, sawFence[UNITS], mine[UNITS], at, fence;
  bit sawCell[UNITS];

again:
  do
  :: ended == RUNS && !UNTOLD -> break
  :: atomic {
       if
       :: notice[OF(0, 0)] > 0 -> at = OF(0, 0)
       :: notice[OF(0, 1)] > 0 -> at = OF(0, 1)
       :: notice[OF(1, 0)] > 0 -> at = OF(1, 0)
       :: notice[OF(1, 1)] > 0 -> at = OF(1, 1)
       fi;
       do
       :: notice[at] & 1 << fence -> break
       :: else -> fence++
       od;
       planning = at / UNITS
     };
     if
     :: !over[planning] ->
        count(planning);
        if
        :: missing > 0 ->
           look(planning);
           if
           :: missing == 0 -> claim(planning)
           :: else
           fi;
           if
           :: atomic { missing > 0 -> forget() }
           :: missing == 0 -> send(planning)
           fi
        :: else
        fi
     :: over[planning]
     fi;
     if
     :: d_step { true -> forget(); told++; assert(told <= owed); notice[at] = notice[at] & ~(1 << fence); at = 0; fence = 0; planning = NOBODY }
     :: atomic { crashes > 0 -> crashes--; forget(); at = 0; fence = 0; planning = NOBODY } /* cut short: it comes again */
     fi
  od
}

#ifdef FAULT_WORD_FREES_A_HELD_UNIT
#define HELD_STAYS(says) says
#else
#define HELD_STAYS(says) (unit[u].status == HELD -> HELD : says)
#endif

/* The people of a unit say how they stand. */
proctype Crew(byte u) {
#ifdef FAULT_WORD_OF_AN_OLD_READING
  mtype was;
#endif

  do
  :: ended == RUNS -> break
  :: word(u, HELD_STAYS(FREE), unit[u].cell, 0)
#ifdef PAIR
  :: atomic { u == 0 -> word(u, unit[u].status, 1 - unit[u].cell, unit[u].onScene) }
#endif
#ifdef SPARE
  :: word(u, HELD_STAYS(OUT), unit[u].cell, 0)
#endif
#ifndef CROWD
  :: atomic { unit[u].status == HELD -> word(u, HELD, unit[u].cell, 1) }
#endif
#ifdef FAULT_WORD_OF_AN_OLD_READING
  :: was = unit[u].status; word(u, (was == HELD -> HELD : FREE), unit[u].cell, 0); was = 0
#endif
  od
}

/* What lay on its way arrives after all. */
proctype Late() {
  do
  :: ended == RUNS -> break
  :: atomic { late > 0 -> reach(late - 1, lateTo, lateFence); late = 0; lateTo = 0; lateFence = 0 }
  od
}

/* functions/sweep: any lease may be found lapsed, and another one stand there by the time it is ended. */
proctype Sweep() {
  byte u, who, fence;
  bit until;

  do
  :: ended == RUNS -> break
  :: atomic {
       if
       :: unit[0].status == HELD -> u = 0
       :: unit[1].status == HELD -> u = 1
       fi;
       who = unit[u].holder; fence = unit[u].fence; until = unit[u].until
     };
     lapse(who, u, fence, until);
     atomic { u = 0; who = 0; fence = 0; until = 0 }
  od
}

/* When nobody moves any more, everybody was told and nobody holds anything. */
proctype Last() {
  timeout;
  assert(ended == RUNS && HAS(0) + HAS(1) + HAS(2) == 0);
#ifndef CROWD
  assert(told == owed)
#endif
}

init {
  atomic {
#ifdef CROWD
    unit[1].status = OUT; listed[1] = 0;
    run Run(1); run Late();
#else
    ended = 1;
    run Crew(1); run Replan();
#endif
#ifndef SPARE
    run Sweep();
#endif
    run Run(0); run Run(2); run Crew(0); run Last()
  }
}
