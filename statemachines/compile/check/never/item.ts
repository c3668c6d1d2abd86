import type { Role } from '../../../../shared/contracts/vocabulary.ts';
import type { Step, Trigger, Workflow } from '../../../../shared/contracts/workflow.ts';
import { stepsOf } from '../../../../shared/contracts/workflow.ts';
import type { Topic } from '../../../../workflows/vocabulary/spec.ts';
import type { Where } from '../walk.ts';

/** One thing that is never automatic: in which response, in the words of those who hold us to it, and how a workflow would do it. */
export interface Item {
  readonly response: string;
  readonly item: string;
  readonly sentence: string;
  /** A step that would do it. */
  readonly violates?: (where: Where<Step>) => boolean;
  /** A trigger that would. */
  readonly starts?: (trigger: Trigger, workflow: Workflow) => boolean;
}

type Rule = NonNullable<Item['violates']>;

/** One of the parameters (in a list too) is one of these words. */
export const says =
  (...words: string[]): Rule =>
  ({ node }) =>
    Object.values(node.with)
      .flat()
      .some((value) => words.includes(String(value)));

/** A parameter bears such a name. */
export const bears =
  (name: RegExp): Rule =>
  ({ node }) =>
    Object.keys(node.with).some((key) => name.test(key));

/** Topics that a workflow is about, by its name and by what its steps say. */
export const isAbout = ({ name, steps }: Workflow, ...topics: Topic[]): boolean => {
  const said = stepsOf(steps).flatMap(({ with: values }) => [values['topic'], values['kind']]);
  return topics.some((topic) => said.includes(topic) || name.startsWith(`${topic}-`));
};

export const about =
  (...topics: Topic[]): Rule =>
  ({ workflow }) =>
    isAbout(workflow, ...topics);

export const does =
  (...actions: Step['action'][]): Rule =>
  ({ node }) =>
    actions.includes(node.action);

/** Nobody in one of these roles (anybody, where none is named) need have said yes to it: whoever the question may climb to counts as well. */
export const unasked =
  (...roles: Role[]): Rule =>
  ({ behind }) =>
    !behind.some(
      ({ ask, second, escalateTo }) =>
        roles.length === 0 ||
        (second !== undefined && roles.includes(second)) ||
        [ask, ...escalateTo].every((role) => roles.includes(role)),
    );

export const both =
  (...rules: Rule[]): Rule =>
  (where) =>
    rules.every((rule) => rule(where));

export const either =
  (...rules: Rule[]): Rule =>
  (where) =>
    rules.some((rule) => rule(where));

const texts = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(texts) : [];
};

/** Every word that a trigger's pattern names. */
export const patternTexts = (trigger: Trigger): string[] => ('pattern' in trigger ? texts(trigger.pattern) : []);

export const typesOf = (trigger: Trigger): string[] => ('pattern' in trigger ? texts(trigger.pattern?.['type']) : []);

/** A workflow is started by events of such types. */
export const startedByType =
  (type: RegExp): Rule =>
  ({ workflow }) =>
    workflow.on.some((trigger) => typesOf(trigger).some((one) => type.test(one)));
