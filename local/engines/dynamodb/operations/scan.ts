import type { Context } from '../context.ts';
import { readCondition, readProjection } from '../expressions/expressions.ts';
import { Placeholders } from '../expressions/placeholders.ts';
import { constraint, invalid } from '../faults.ts';
import { type Input, integer, type Output } from '../input.ts';
import { readPage } from './page.ts';
import { checkSelect, sourceOf, startOf } from './source.ts';

const MOST_SEGMENTS = 1_000_000;

const segmentOf = (input: Input): [segment: number, of: number] => {
  const [segment, total] = [integer(input, 'Segment'), integer(input, 'TotalSegments')];
  if (segment === undefined && total === undefined) return [0, 1];
  if (total === undefined)
    throw invalid('The TotalSegments parameter is required but was not present in the request when Segment parameter is present');
  if (segment === undefined)
    throw invalid('The Segment parameter is required but was not present in the request when parameter TotalSegments is present');
  if (total < 1 || total > MOST_SEGMENTS) throw constraint(total, 'totalSegments', 'Member must have value between 1 and 1000000');
  if (segment < 0 || segment >= total) {
    throw invalid(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${segment} is not less than TotalSegments: ${total}`,
    );
  }
  return [segment, total];
};

export const scan = (context: Context, input: Input): Output => {
  const fill = new Placeholders(input, ['FilterExpression'], ['ProjectionExpression']);
  const filter = readCondition(input, 'FilterExpression', fill);
  const projection = readProjection(input, 'ProjectionExpression', fill);
  fill.allUsed();
  const source = sourceOf(context, input);
  checkSelect(input, source, projection);
  const [segment, segments] = segmentOf(input);
  const entries = source.collection.scan(startOf(input, source), segment, segments);
  return readPage(context, input, { source, entries, filter, values: fill.values, projection });
};
