/*
 * Equals who want one unit each at the same moment, as shared/domain/allocation/choose.ts and shared/stores/resource-turns.ts
 * part them: whoever was beaten to a unit takes a number, and looks to the unit that the ones before leave. Units are numbered
 * from the nearest. A unit once given stays given: rivals ask once.
 */
#define RIVALS 4
#define UNITS 4

bit given[UNITS];
byte turns;                 /* TURNS#…: how many were beaten so far */
byte beaten[RIVALS];
bit served[RIVALS];

/* How often one who was beaten looks again: at least as often as there are rivals. */
#ifdef FAULT_TOO_FEW_TRIES
#define TRIES 2
#else
#define TRIES RIVALS
#endif

/* The unit that a number points to among those that are free: the nearest but so many, from the front again where there are fewer. */
inline look() {
  d_step {
    free = UNITS - given[0] - given[1] - given[2] - given[3];
    turn = (free > 0 -> turn % free : 0);
    pick = 0;
    do
    :: given[pick] -> pick++
    :: !given[pick] && turn > 0 -> turn--; pick++
    :: else -> break
    od;
    free = 0
  }
}

active [RIVALS] proctype Rival() {
  byte turn, pick, free;

  look();
  do
  :: atomic {
       if
       :: !given[pick] -> given[pick] = 1; served[_pid] = 1; pick = 0; break
       :: else -> beaten[_pid]++
       fi
     };
     assert(beaten[_pid] < RIVALS); /* by each of its equals once at most */
     if
     :: beaten[_pid] == TRIES -> break
     :: else
     fi;
     atomic { turn = turns; turns++ };
#ifndef FAULT_STALE_LIST
     look()
#endif
  od
}

/* Whoever asks is served: a claim fails only because a rival's succeeded, and the failed one looks anew. */
ltl everybody { <> (served[0] && served[1] && served[2] && served[3]) }
