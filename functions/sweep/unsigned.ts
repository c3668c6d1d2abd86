import { weeksBack } from '../../shared/audit/week.ts';
import { standing } from '../../shared/audit/weeks.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { Clock, LogSink } from '../../shared/lambda/runtime.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import type { ReviewsStore } from '../../shared/stores/reviews.ts';

interface Deps {
  readonly reviews: ReviewsStore;
  readonly journal: Pick<JournalStore, 'commit'>;
  readonly clock: Clock;
  readonly log: LogSink;
}

/** A week that is unsigned for longer is told of already. */
const WEEKS = 12;

const tell = async ({ reviews, journal, clock, log }: Deps, actor: string): Promise<void> => {
  const now = clock.now();
  const weeks = weeksBack(now, WEEKS);
  const { told, ...known } = await reviews.known(String(weeks.at(-1)));
  if (known.since === undefined) {
    await journal.commit('audit', [], [reviews.begin(iso(now))]);
    return;
  }
  for (const stands of weeks.flatMap((week) => standing(week, known, now) ?? [])) {
    const { week, state, due } = stands;
    if (state !== 'overdue' || told.has(week)) continue;
    const done = await journal.commit('audit', [{ kind: 'audit.unsigned', actor, data: { week, due } }], [reviews.tell(week, iso(now))]);
    if (done.ok) say(log, 'warn', 'sweep.found', { week, finding: 'unsigned' });
  }
};

/** Weeks of the audit that no auditor signed in time: said once, which alerts. */
export const tellUnsigned =
  (deps: Deps) =>
  async (actor: string): Promise<void> => {
    try {
      await tell(deps, actor);
    } catch (error) {
      say(deps.log, 'error', 'sweep.found', { finding: 'unsigned', ...errorFields(error) });
    }
  };
