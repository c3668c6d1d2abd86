/** The alias of every state machine: it leads new executions to the newest version, and those under way keep theirs. */
export const LIVE = 'live';
