import { timeRefusal } from '../../../shared/domain/time.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { ApiBus } from '../bus.ts';
import { notForPeople } from '../claims.ts';
import type { Perform } from '../operation.ts';
import { accepted, invalidFields, unavailable } from '../reply.ts';

interface Deps {
  put: ApiBus;
  clock: Clock;
}

export const ingestEvent =
  ({ put, clock }: Deps): Perform<'ingestEvent'> =>
  async ({ body, raw }) => {
    const refused = notForPeople(body.type);
    if (refused) return refused;
    const late = body.time ? timeRefusal(Date.parse(body.time), clock.now()) : undefined;
    if (late) return invalidFields([{ path: 'time', message: late }]);
    const busId = await put({ source: body.source, type: body.type, detail: raw });
    if (!busId) return unavailable('The bus did not take the event: send it again with the same id, it counts once');
    return accepted({ id: body.id, source: body.source, busId });
  };
