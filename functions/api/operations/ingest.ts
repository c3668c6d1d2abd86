import { UNKEPT } from '../../../shared/domain/kept-numbers.ts';
import { unkeptNumber } from '../../../shared/domain/normalise.ts';
import { timeRefusal } from '../../../shared/domain/time.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import { sources } from '../../../shared/sources/index.ts';
import { shapeRefusal } from '../../../shared/sources/shape.ts';
import type { ApiBus } from '../bus.ts';
import { notForPeople } from '../claims.ts';
import type { Perform } from '../operation.ts';
import { accepted, invalidFields, unavailable } from '../reply.ts';

interface Deps {
  put: ApiBus;
  clock: Clock;
}

/** What `ingest` would refuse for its time or its shape is refused here, where its sender hears of it. */
export const ingestEvent =
  ({ put, clock }: Deps): Perform<'ingestEvent'> =>
  async ({ body, raw }) => {
    const refused = notForPeople(body.type);
    if (refused) return refused;
    const late = body.time ? timeRefusal(Date.parse(body.time), clock.now()) : undefined;
    if (late) return invalidFields([{ path: 'time', message: late }]);
    const broken = shapeRefusal(sources[body.source], body);
    if (broken) return invalidFields([{ path: broken.path, message: broken.reason }]);
    const unkept = unkeptNumber(body);
    if (unkept) return invalidFields([{ path: unkept, message: UNKEPT }]);
    const busId = await put({ source: body.source, type: body.type, detail: raw });
    if (!busId) return unavailable('The bus did not take the event: send it again with the same id, it counts once');
    return accepted({ id: body.id, source: body.source, busId });
  };
