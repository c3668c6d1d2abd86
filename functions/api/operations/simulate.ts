import type { Simulation } from '../../../shared/contracts/simulation.ts';
import type { Workflow } from '../../../shared/contracts/workflow.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { PolicyEngine } from '../../../shared/policy/index.ts';
import { simulate as simulated, type World } from '../../../statemachines/simulate/index.ts';
import type { Perform } from '../operation.ts';
import { invalidFields, notFound, ok, type Reply } from '../reply.ts';

interface Deps extends World {
  workflows: readonly Workflow[];
  policy: PolicyEngine;
  clock: Clock;
}

/** Lambda answers with 6 MB at most. */
const MOST_BYTES = 5_000_000;

const tooLong = ({ timeline, seconds }: Simulation): Reply =>
  invalidFields([
    {
      path: 'cancelAfterS',
      message: `This run has ${timeline.length} moments in ${seconds} s, more than an answer holds: call it off sooner, or say with said what ends its rounds`,
    },
  ]);

/** What a workflow would do now, on the facts and the fleet as they are. It reads, and does nothing else: not even the journal hears of it. */
export const simulate =
  ({ workflows, policy, clock, ...world }: Deps): Perform<'simulate'> =>
  async ({ body, caller }) => {
    const workflow = workflows.find(({ name }) => name === body.workflow);
    if (!workflow) return notFound(`There is no workflow ${body.workflow}. There are: ${workflows.map(({ name }) => name).join(', ')}`);
    const outcome = await simulated({ world, policy, clock })(workflow, body, caller.sub);
    if (!outcome.ok) return invalidFields([...outcome.complaints]);
    const { simulation } = outcome;
    return Buffer.byteLength(JSON.stringify(simulation)) > MOST_BYTES ? tooLong(simulation) : ok(simulation);
  };
