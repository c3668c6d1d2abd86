import { type Manner, type System, shot } from '../support/system.ts';

/** What subsystems do, and what goes wrong, can be changed while the system runs. */
export interface Stage {
  readonly running: System;
  manner: (action: string) => Manner;
  failing: Set<string>;
}

export const willing = (): Manner => ({ after: 500, outcome: 'completed' });
export const north = (metres: number) => ({ location: { lat: 26.7753 + metres / 111_195, lon: -80.0581, radiusM: 0 } });

export type Scene = (stage: Stage) => Promise<unknown>;

export const put = ({ running }: Stage, id: string, metres: number, source = 'gunshot_detection') =>
  running.put(source, 'gunshot.detected', shot(id, north(metres)));

export const EXECUTIONS = 'arn:aws:states:us-east-1:000000000000:execution:swoe-dev-';

interface Started {
  readonly id: string;
  readonly workflow?: string;
}

export const active = async ({ running }: Stage): Promise<Started[]> =>
  (await running.rest<{ items: Started[] }>('viewer', 'GET', '/status/active')).body.items;
