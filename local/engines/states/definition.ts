import type { PartDefinition } from '../../../statemachines/interpret/definition.ts';
import type { Complaint } from '../../../statemachines/interpret/validate/complaint.ts';
import { validateText } from '../../../statemachines/interpret/validate/validate.ts';
import { AwsError } from '../../kernel/aws-error.ts';
import { unsupported } from './integrate.ts';

const resourcesOf = ({ States }: PartDefinition): string[] =>
  Object.values(States).flatMap((state) => [
    ...[state.Resource, state.ItemReader?.Resource, state.ResultWriter?.Resource].flatMap((resource) => resource ?? []),
    ...(state.Branches ?? []).flatMap(resourcesOf),
    ...(state.ItemProcessor ? resourcesOf(state.ItemProcessor) : []),
  ]);

/** One complaint as AWS lists it: `SCHEMA_VALIDATION_FAILED: … at /States/A/Next`. */
const sentence = ({ code, place, cause, mend }: Complaint): string => `${code}: ${cause} ${mend} at ${place}`;

/** Definitions found sound in this process: many machines of a simulation deploy the same ones. */
const sound = new Set<string>();
const MOST_REMEMBERED = 200;

/** Throws InvalidDefinition, naming every complaint, where AWS would refuse a definition or this machine cannot do a task of it. */
export const checkDefinition = (text: string): void => {
  if (sound.has(text)) return;
  const complaints = validateText(text).map(sentence);
  if (complaints.length === 0) {
    for (const resource of new Set(resourcesOf(JSON.parse(text) as PartDefinition))) {
      const why = unsupported(resource);
      if (why) complaints.push(`SCHEMA_VALIDATION_FAILED: ${why}`);
    }
  }
  if (complaints.length > 0) throw new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${complaints.join(', ')}'`);
  if (sound.size >= MOST_REMEMBERED) sound.clear();
  sound.add(text);
};
