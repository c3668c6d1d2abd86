import { NormalizedDetail } from '../../../shared/contracts/event.ts';
import type { InputSpec, Trigger, Workflow } from '../../../shared/contracts/workflow.ts';
import { type Complaint, complaint } from './complaint.ts';

/** Whether an event can hold what stands at this path. */
const inEvents = ({ from }: InputSpec): boolean => {
  const [field = '', ...deeper] = from.split('.');
  return field in NormalizedDetail.shape && (field !== 'data' || deeper.length > 0);
};

/** A run by the clock is about no event and no place, and a chained one is given what the earlier run was given under the same name. */
const gives = ({ kind }: Trigger, spec: InputSpec): boolean => {
  if (kind === 'SCHEDULE') return false;
  return kind === 'EVENT' || kind === 'CONDITION' ? inEvents(spec) : true;
};

const checkSpec = (name: string, spec: InputSpec, place: string): Complaint[] => [
  ...(spec.type === 'code' && (spec.values ?? []).length === 0
    ? [complaint('CODE_WITHOUT_VALUES', place, `${name} is a code of no words`, "Say which: code('data.reason', ['a', 'b'])")]
    : []),
  ...(inEvents(spec)
    ? []
    : [
        complaint(
          'INPUT_NEVER_GIVEN',
          `${place}.from`,
          `no event holds anything at "${spec.from}"`,
          "Write the path in the normalised event, like 'data.site'",
        ),
      ]),
];

/** Inputs that nothing could give; a trigger under which a required one is never there starts nothing. */
export const checkInputs = ({ name: workflow, inputs, on }: Workflow): Complaint[] =>
  Object.entries(inputs).flatMap(([name, spec]) => [
    ...checkSpec(name, spec, `${workflow}.inputs.${name}`),
    ...on.flatMap((trigger, at) =>
      spec.required && inEvents(spec) && !gives(trigger, spec)
        ? [
            complaint(
              'INPUT_NEVER_GIVEN',
              `${workflow}.on.${at}`,
              `${trigger.kind} gives no ${name}, which is required`,
              `Make ${name} optional, or take the trigger out`,
            ),
          ]
        : [],
    ),
  ]);
