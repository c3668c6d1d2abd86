import jsonata from 'jsonata';
import type { Workflow } from '../../../shared/contracts/workflow.ts';
import { type Complaint, complaint } from './complaint.ts';

/** What a machine's input always holds. */
const PRODUCED = ['executionId', 'workflow', 'version', 'incidentId', 'priority', 'summary', 'startedBy', 'inputs', 'said'];

interface AstNode {
  readonly type?: string;
  readonly value?: unknown;
  readonly steps?: readonly AstNode[];
}

/** The JSONata of a string that is one expression, as the Amazon States Language sees it. */
export const expressionIn = (text: string): string | undefined => /^\{%([\s\S]*)%\}$/.exec(text)?.[1];

const children = (node: unknown): unknown[] => (Array.isArray(node) ? node : node && typeof node === 'object' ? Object.values(node) : []);

const isInput = ([states, input]: readonly AstNode[]): boolean =>
  states?.type === 'variable' && states.value === 'states' && input?.type === 'name' && input.value === 'input';

/** The names read right below `$states.input`. */
const reads = (node: unknown): string[] => {
  const steps = (node as AstNode | null)?.steps;
  const name = steps && isInput(steps) ? steps[2] : undefined;
  return [...(name?.type === 'name' ? [String(name.value)] : []), ...children(node).flatMap(reads)];
};

/** Every expression in a value, with its place. */
const expressions = (value: unknown, place: string): [string, string][] => {
  if (typeof value === 'string') {
    const found = expressionIn(value);
    return found === undefined ? [] : [[place, found]];
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => expressions(inner, `${place}.${key}`));
};

/** Complaints about the JSONata in a step's `with`. */
export const checkExpressions = (values: unknown, place: string, { inputs }: Workflow): Complaint[] => {
  const placed = Object.values(inputs).some(({ type }) => type === 'location');
  const produced = new Set([...PRODUCED, ...(placed ? ['location'] : [])]);
  return expressions(values, place).flatMap(([where, text]) => {
    try {
      const missing = reads(jsonata(text).ast()).filter((name) => !produced.has(name));
      return missing.map((name) =>
        complaint(
          'INPUT_NEVER_PRODUCED',
          where,
          `it reads $states.input.${name}, which no machine is started with`,
          `Read one of ${[...produced].join(', ')}, or require it in the workflow's inputs`,
        ),
      );
    } catch (error) {
      const message = (error as { message?: string }).message ?? String(error);
      return [complaint('EXPRESSION_DOES_NOT_PARSE', where, message, 'Write it as JSONata between {% and %}')];
    }
  });
};
