import { About } from '../../shared/contracts/channel.ts';
import type { JournalEntry } from '../../shared/contracts/journal.ts';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { workflowNamed, workflows } from '../../workflows/index.ts';

type Told = Pick<JournalEntry, 'executionId' | 'data'>;

/** A run's id begins with its workflow's name. The longest that fits is meant, should one name begin with another. */
const workflowOf = ({ executionId = '', data }: Told): Workflow | undefined => {
  const named = workflowNamed(String(data['workflow']));
  if (named) return named;
  const fitting = workflows.filter(({ name }) => executionId.startsWith(`${name}-`));
  return fitting.sort((a, b) => b.name.length - a.name.length)[0];
};

/** What an entry is about, as far as it says: by its own words, else by the event it names or the workflow it belongs to. */
export const aboutOf = (entry: Told): About => {
  const { data } = entry;
  const workflow = workflowOf(entry);
  const { category, priority, source, agency } = About.shape;
  return {
    category: category.safeParse(data['category']).data,
    priority: priority.safeParse(data['priority']).data ?? workflow?.priority,
    source: source.safeParse(data['source'] ?? data['subsystem'] ?? String(data['eventKey'] ?? '').split('#')[0]).data,
    agency: agency.safeParse(data['agency']).data,
    workflow: workflow?.name,
  };
};
