#!/usr/bin/env bash
# Every claim of docs/model on every history of its slices, and every fault made on purpose found: npm run model. README.md says what is what.
set -euo pipefail
cd "$(dirname "$0")"

for tool in spin gcc; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed: the model is skipped (apt-get install spin gcc)"; exit 0; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# search FILE NAME GCC_OPTION PAN_OPTIONS DEFINES… : what pan prints, in $work/NAME.out
search() {
  local file=$1 name=$2 dir=$work/$2 speed=$3 pan=$4
  shift 4
  mkdir "$dir"
  cp ./*.pml "$dir"
  (cd "$dir" && spin -a "$@" "$file" >spin.out && gcc -w "$speed" -DCOLLAPSE -DMEMLIM=3000 $([ "$pan" ] || echo -DSAFETY) -o pan pan.c && ./pan -n -m200000 $pan) >"$work/$name.out" 2>&1 || true
  rm -rf "$dir"
}

states() { sed -n 's/^ *\([0-9][0-9.e+]*\) states, stored.*/\1/p' "$1"; }

failed=0
miss() {
  echo "FAILED $1"
  grep -Ei 'assertion v|acceptance c.*at|errors:|not completed|too small|invalid end state |error' "$2" | cut -c1-200
  failed=1
}

# No error, and nothing left out.
sound() {
  local name=$1 out=$work/$1.out
  search "$2" "$name" -O1 "$3" "-D$name"
  if grep -q 'errors: 0' "$out" && ! grep -Eqi 'not completed|too small|out of memory|reached -DMEMLIM' "$out"; then
    echo "sound  $name: no error in all of its $(states "$out") states"
  else
    miss "$name" "$out"
  fi
}

# A fault is found by the claim that is there for it: `claim` is a piece of it, as pan prints it.
found() {
  local fault=FAULT_$1 file=$2 slice=$3 claim=$4 pan=${5-} out=$work/$1.out
  search "$file" "$1" -O0 "$pan" "-D$slice" "-D$fault"
  if grep -E '^pan:1: (assertion violated|acceptance cycle)' "$out" | grep -qF -- "$claim"; then
    echo "found  $fault in $slice"
  else
    miss "$fault in $slice: not found by $claim" "$out"
  fi
}

fair='-a -f'
sound PAIR allocation.pml ''
sound CROWD allocation.pml ''
sound SPARE allocation.pml ''
sound TURNS turns.pml "$fair"

while read -r fault slice claim; do found "$fault" allocation.pml "$slice" "$claim"; done <<'FAULTS'
CLAIM_WITHOUT_FENCE           CROWD sawFence[0]+1)>unit[0].fence
CLAIM_WITHOUT_STATUS          SPARE unit[0].status==4
BUNDLE_IN_TWO_TRANSACTIONS    PAIR  whole[0]
GIVEN_TWICE                   SPARE <=1
GIVEN_AFTER_THE_END           SPARE ended==3
PREEMPT_WITHOUT_SCENE         PAIR  onScene
PREEMPT_AN_EQUAL              CROWD (who==2)
PREEMPT_UNDER_SAME_FENCE      CROWD ==by[
NOTICE_APART                  SPARE told==owed
RELEASE_BY_STALE_HOLDER       CROWD .fence==mine[u]
RELEASE_WITHOUT_REVISION      PAIR  listed[0]==
LAPSE_FREES                   PAIR  silent[0]
LAPSE_OF_A_RENEWED_LEASE      PAIR  until==until
CREW_OBEYS_ANYBODY            CROWD >=passed
WORD_OF_AN_OLD_READING        PAIR  leases[0]
WORD_FREES_A_HELD_UNIT        PAIR  leases[0]
FAULTS
found TOO_FEW_TRIES turns.pml TURNS 'acceptance cycle' "$fair"
found STALE_LIST turns.pml TURNS 'beaten' "$fair"
exit "$failed"
