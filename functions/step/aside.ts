import { errorFields, say } from '../../shared/lambda/log.ts';
import type { LogSink } from '../../shared/lambda/runtime.ts';
import type { SpoolStore } from '../../shared/stores/spool.ts';
import { isNeverWithheld } from '../../workflows/vocabulary/index.ts';
import { conclude, type RecordDeps } from './record.ts';

export interface AsideDeps extends RecordDeps {
  spool: Pick<SpoolStore, 'commit'>;
  log: LogSink;
}

/**
 * `conclude`, and where that fails for help that nothing may withhold, once more without the journal: its entries are set aside with the step's
 * record, in one transaction, and come into the journal when it can be written again. Of whatever else fails, the failure stands (NIST 800-53 AU-5).
 */
export const concludeAnyhow =
  (deps: AsideDeps): ReturnType<typeof conclude> =>
  async (attempt, ...said) => {
    const { record, command } = attempt;
    try {
      return await conclude(deps)(attempt, ...said);
    } catch (error) {
      if (!isNeverWithheld(command.step.action, command.arguments)) throw error;
      const done = await conclude({ ...deps, journal: deps.spool })(attempt, ...said);
      if (done) say(deps.log, 'error', 'audit.spooled', { executionId: record.executionId, step: record.step, ...errorFields(error) });
      return done;
    }
  };
