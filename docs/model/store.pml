/*
 * What is stored of units, and how it may be changed: shared/stores/resources.ts.
 *
 * A d_step that writes is one transaction: its conditions are looked at and its writes made with nobody between. A read is a
 * step of its own, so whatever was read may be old by the time it is acted on.
 */
#define UNITS 2
#define RUNS 3
#define NOBODY RUNS

/*
 * Runs 0 and 1 are LOW, run 2 is HIGH. Three slices of one protocol, each searched whole:
 * PAIR: run 0 wants a bundle of both units, run 2 one of them. CROWD: all three want the only unit. SPARE: runs 0 and 2 want one of two.
 */
#ifdef PAIR
#define NEED(who) (who == 0 -> 2 : 1)
#else
#define NEED(who) 1
#endif
#ifdef SPARE
#define CRASHES 1
#else
#define CRASHES 0
#endif
#define PRIORITY(who) (who == 2 -> 1 : 0)

/* Who acts for a run: its step (as many as there are runs), and whoever plans anew for one that lost a unit. */
#define HANDS RUNS + 1
#define REPLAN RUNS

mtype = { FREE, HELD, OUT, UNKNOWN };

/* RES#u. `cell` is where it is, `until` when its lease ends: that it is another one, not how late. */
typedef Unit { mtype status = FREE; byte fence; byte holder = NOBODY; bit cell; bit until; bit onScene };
Unit unit[UNITS];

#define OF(who, u) (who) * UNITS + (u)
byte listed[UNITS] = 1;          /* FREE#…: a bit for each cell under which the unit stands as free */
byte lease[RUNS * UNITS];        /* HELD#who: the fence under which the unit is held, 0 where there is no row */
byte leases[UNITS];              /* LEASES: a bit for each `until` under which the unit stands */
byte notice[RUNS * UNITS];       /* DISPLACED: a bit for each fence that a preemption ended, until its run planned anew */
bit same[(HANDS + 1) * UNITS];   /* the unit's revision is still the one that this hand, or the sweep, read */
bit asked[HANDS];                /* nothing was given to its run since this hand looked what the run holds */
byte planning = NOBODY;          /* for whom the last hand plans anew */
/* What crews know: the newest fence they were asked under, and by whom. */
byte passed[UNITS], by[UNITS] = NOBODY;
byte late, lateTo, lateFence;    /* one order that is still on its way: whose (1 + who), to whom, under which fence */
bit over[RUNS];                  /* its end began: nothing is given to it any more */
byte ended, crashes = CRASHES;         /* runs that are over; deliveries that may still be cut short */

/* What the claims speak of; nothing is decided by it. */
bit whole[RUNS], silent[UNITS];
byte owed, told;

#define ROWS(u) ((lease[OF(0, u)] > 0) + (lease[OF(1, u)] > 0) + (lease[OF(2, u)] > 0))
#define HAS(who) ((lease[OF(who, 0)] > 0) + (lease[OF(who, 1)] > 0))
#define UNTOLD (notice[OF(0, 0)] + notice[OF(0, 1)] + notice[OF(1, 0)] + notice[OF(1, 1)] > 0)

/* A held unit stands in the lists of its one holder, under its one fence; a unit that is not held in nobody's. */
#define ONE_HOLDER(u) \
  (unit[u].status == HELD \
    -> ROWS(u) == 1 && lease[OF(unit[u].holder, u)] == unit[u].fence && leases[u] == 1 << unit[u].until \
    :  ROWS(u) == 0 && unit[u].holder == NOBODY && leases[u] == 0)
/* A free unit is listed once, where it is; any other is not. */
#define LISTED(u) (listed[u] == (unit[u].status == FREE -> 1 << unit[u].cell : 0))
/* A unit whose lease lapsed is unknown until it speaks. */
#define UNKNOWN_STILL(u) (!silent[u] || unit[u].status == UNKNOWN)
/* Nobody has part of what a claim was for, nor more than was asked for. */
#define WHOLE(who) (HAS(who) == 0 || whole[who])
#define NO_MORE(who) (HAS(who) <= NEED(who))

/* After each transaction, since then anybody may look. */
inline allIsWell() {
  assert(UNKNOWN_STILL(0) && UNKNOWN_STILL(1));
  assert(ONE_HOLDER(0) && ONE_HOLDER(1));
  assert(LISTED(0) && LISTED(1));
  assert(WHOLE(0) && WHOLE(1) && WHOLE(2));
  assert(NO_MORE(0) && NO_MORE(1) && NO_MORE(2))
}

inline changed(u) {
  same[OF(0, u)] = 0; same[OF(1, u)] = 0; same[OF(2, u)] = 0; same[OF(REPLAN, u)] = 0; same[OF(HANDS, u)] = 0
}

/* The condition of each write, and what a fault leaves of it. Under the same revision all is as it was read; only a fault acts on older reading. */
#ifdef FAULT_CLAIM_WITHOUT_FENCE
#define IS_FREE(u) (unit[u].status == FREE && (listed[u] & 1 << sawCell[u]))
#elif defined(FAULT_CLAIM_WITHOUT_STATUS)
#define IS_FREE(u) (unit[u].fence == sawFence[u])
#else
#define IS_FREE(u) same[OF(hand, u)]
#endif
#if defined(FAULT_CLAIM_WITHOUT_FENCE) || defined(FAULT_CLAIM_WITHOUT_STATUS) || defined(FAULT_PREEMPT_WITHOUT_SCENE)
#define REMEMBER(u, fence, cell) sawFence[u] = fence; sawCell[u] = cell
#define FENCE(u) sawFence[u]
#define CELL(u) sawCell[u]
#else
#define REMEMBER(u, fence, cell)
#define FENCE(u) unit[u].fence
#define CELL(u) unit[u].cell
#endif
#ifdef FAULT_PREEMPT_WITHOUT_SCENE
#define IS_UNDER_WAY(u) (unit[u].status == HELD && unit[u].fence == sawFence[u])
#else
#define IS_UNDER_WAY(u) same[OF(hand, u)]
#endif
#ifdef FAULT_GIVEN_TWICE
#define IS_LACKING(who) true
#else
#define IS_LACKING(who) asked[hand]
#endif
#ifdef FAULT_GIVEN_AFTER_THE_END
#define GOES_ON(who) true
#else
#define GOES_ON(who) (!over[who])
#endif
#ifdef FAULT_PREEMPT_AN_EQUAL
#define GOES_BEFORE(who, other) (PRIORITY(who) >= PRIORITY(other) && who != other)
#else
#define GOES_BEFORE(who, other) (PRIORITY(who) > PRIORITY(other))
#endif
#ifdef FAULT_RELEASE_BY_STALE_HOLDER
#define IS_MINE(who, u, under) (unit[u].status == HELD)
#else
#define IS_MINE(who, u, under) (unit[u].status == HELD && unit[u].holder == who && unit[u].fence == under)
#endif

/* A release is made of the unit as it was read a moment before; so it is one step, but for a fault. */
#ifdef FAULT_RELEASE_WITHOUT_REVISION
#define READ_PLACE(u) sawCell[u] = unit[u].cell
#define PLACE(u) sawCell[u]
#else
#define READ_PLACE(u)
#define PLACE(u) unit[u].cell
#endif
#ifdef FAULT_LAPSE_OF_A_RENEWED_LEASE
#define IS_THAT_LEASE(u) (unit[u].fence == fence)
#else
#define IS_THAT_LEASE(u) (unit[u].fence == fence && unit[u].until == until)
#endif
#ifdef FAULT_LAPSE_FREES
#define LAPSED FREE
#else
#define LAPSED UNKNOWN
#endif

#define UNLIST(u, at) listed[u] = listed[u] & ~(1 << at)
#define LIST(u, at) listed[u] = listed[u] | 1 << at

/* From its holder to nobody: FREE where it is, or UNKNOWN. */
inline letGo(who, u, under, to, at) {
  assert(unit[u].status == HELD && unit[u].holder == who && unit[u].fence == under);
  lease[OF(who, u)] = 0;
  leases[u] = leases[u] & ~(1 << unit[u].until);
  whole[who] = whole[who] && HAS(who) > 0;
  unit[u].status = to; unit[u].holder = NOBODY; unit[u].onScene = 0; unit[u].until = 0;
  if
  :: to == FREE -> LIST(u, at)
  :: else
  fi;
  changed(u);
  allIsWell()
}

/* One unit of a bundle: a free one, or from a run of a strictly lower priority, which is written down for it. */
inline take(who, u) {
  if
  :: wasFree & 1 << u ->
     assert(unit[u].status == FREE);
     UNLIST(u, CELL(u))
  :: else ->
     assert(PRIORITY(who) > PRIORITY(unit[u].holder));
     assert(!unit[u].onScene);
     owed++;
#ifdef FAULT_NOTICE_APART
     at = OF(unit[u].holder, u); fence = unit[u].fence;
#else
     notice[OF(unit[u].holder, u)] = notice[OF(unit[u].holder, u)] | 1 << unit[u].fence;
#endif
     lease[OF(unit[u].holder, u)] = 0;
     whole[unit[u].holder] = whole[unit[u].holder] && HAS(unit[u].holder) > 0;
     leases[u] = leases[u] & ~(1 << unit[u].until)
  fi;
#ifdef FAULT_PREEMPT_UNDER_SAME_FENCE
  unit[u].fence = FENCE(u) + (wasFree & 1 << u -> 1 : 0);
#else
  assert(FENCE(u) + 1 > unit[u].fence);
  unit[u].fence = FENCE(u) + 1;
#endif
  unit[u].status = HELD; unit[u].holder = who; unit[u].onScene = 0; unit[u].until = 0;
  lease[OF(who, u)] = unit[u].fence;
  leases[u] = leases[u] | 1;
  mine[u] = unit[u].fence;
  changed(u)
}

/* By its holder, at the end of its run. */
inline release(who, u) {
  d_step {
    if
    :: IS_MINE(who, u, mine[u]) -> letGo(who, u, mine[u], FREE, PLACE(u))
    :: else
    fi
  }
}

/* By its holder: another `until` under the same fence. */
inline renew(who, u) {
  d_step {
    if
    :: lease[OF(who, u)] > 0 && IS_MINE(who, u, lease[OF(who, u)]) ->
       unit[u].until = 1 - unit[u].until;
       leases[u] = 1 << unit[u].until;
       changed(u);
       allIsWell()
    :: else
    fi
  }
}

/* By the sweep, of a lease that it read as lapsed. */
inline lapse(who, u, fence, until) {
  d_step {
    if
    :: unit[u].status == HELD && unit[u].holder == who && IS_THAT_LEASE(u) ->
       assert(unit[u].until == until);
       silent[u] = 1;
       letGo(who, u, fence, LAPSED, unit[u].cell)
    :: else
    fi
  }
}

/* By the unit itself: where it is, whether it can be sent, whether it is on scene. */
inline word(u, says, at, isThere) {
  d_step {
    if
    :: unit[u].status == FREE -> UNLIST(u, unit[u].cell)
    :: else
    fi;
    silent[u] = silent[u] && says == UNKNOWN;
    unit[u].status = says; unit[u].cell = at; unit[u].onScene = isThere;
    if
    :: unit[u].status == FREE -> LIST(u, unit[u].cell)
    :: else
    fi;
    changed(u);
    allIsWell()
  }
}
