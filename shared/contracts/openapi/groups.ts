/** A group of endpoints as people look for them: which first parts of a path belong to it. */
export interface Group {
  readonly name: string;
  readonly description: string;
  readonly under: readonly string[];
}

export const groups: readonly Group[] = [
  {
    name: 'Workflow Management',
    description: 'Responses as they are written, started by hand or simulated',
    under: ['workflows', 'workflow', 'simulate'],
  },
  { name: 'Status & Monitoring', description: 'The engine, what is under way, and the journal', under: ['status', 'audit'] },
  { name: 'Executions', description: 'Runs of workflows: looked at, paused, called off and taken up', under: ['executions'] },
  { name: 'Event Management', description: 'What came in, what became of it, and what was refused', under: ['events'] },
  { name: 'Resource Management', description: 'Units, and who holds them', under: ['resources'] },
  {
    name: 'Policy & Routing',
    description: 'Guardrails, the facts they are judged on, and the rules of the bus',
    under: ['policy', 'facts', 'routing'],
  },
  { name: 'Kernel Control', description: 'The engine started, paused and stopped', under: ['kernel'] },
  { name: 'Approvals', description: 'Questions that wait for a person, and what waits for a second one', under: ['approvals', 'asks'] },
  {
    name: 'Access',
    description: 'Tickets for the live channels, who is shut out, and this document',
    under: ['tickets', 'people', 'tokens', 'openapi.json'],
  },
  {
    name: 'Joint Operations',
    description: 'Several agencies under one lead and a unified command',
    under: ['joint-operations'],
  },
  {
    name: 'Restricted Data',
    description: 'What is sealed, opened for a purpose, held for a case, and erased with its subject’s key',
    under: ['sealed', 'subjects'],
  },
  { name: 'Sharing', description: 'What other agencies and indexes were told', under: ['sharing'] },
];

/** The group of a path; undefined where nobody has said to which it belongs. */
export const groupOf = (path: string): Group | undefined => groups.find(({ under }) => under.includes(path.split('/')[1] ?? ''));
