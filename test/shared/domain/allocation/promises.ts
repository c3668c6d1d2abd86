import type { Resource } from '../../../../shared/contracts/resource.ts';
import type { Waiter } from '../../../../shared/contracts/resource-waiting.ts';
import type { AllocationPriority } from '../../../../shared/contracts/vocabulary.ts';
import { isOf } from '../../../../shared/domain/allocation/line.ts';
import { goesBefore } from '../../../../shared/domain/allocation/priority.ts';
import type { Lease } from '../../../../shared/stores/resources.ts';

/** A unit as the promises say that it stands, kept by looking at every one each time. */
export interface Known {
  status: Resource['status'];
  fence: number;
  holder?: string | undefined;
  step?: string | undefined;
  until?: number | undefined;
  priority?: AllocationPriority | undefined;
  activity?: Resource['activity'];
}

/** What was promised of a small fleet. */
export class Promises {
  readonly units: Map<string, Known>;
  /** Every lease that anybody was ever given: an old one may be acted on at any time. */
  readonly given: Lease[] = [];
  /** Who stands in the line, in its order. */
  line: Waiter[] = [];
  now: number;

  constructor(ids: readonly string[], now: number) {
    this.units = new Map(ids.map((id) => [id, { status: 'FREE', fence: 0 }]));
    this.now = now;
  }

  of(id: string): Known {
    const known = this.units.get(id);
    if (!known) throw new Error(`Nothing was promised of ${id}`);
    return known;
  }

  stand(waiter: Waiter): void {
    this.leave(waiter.request);
    this.line = [...this.line, waiter].sort((a, b) => (a.place < b.place ? -1 : 1));
  }

  leave(names: { executionId: string; step: string }): void {
    this.line = this.line.filter((one) => !isOf(names)(one));
  }

  free(kept: ReadonlySet<string> = new Set()): string[] {
    return [...this.units].filter(([id, { status }]) => status === 'FREE' && !kept.has(id)).map(([id]) => id);
  }

  /** Units that a claim may take from others. */
  takeable(run: string, wants: AllocationPriority, kept: ReadonlySet<string> = new Set()): string[] {
    return [...this.units]
      .filter(([id, { status, holder, priority, activity, until = 0 }]) => {
        const busy = activity !== undefined && activity !== 'EN_ROUTE';
        return (
          !kept.has(id) &&
          status === 'HELD' &&
          holder !== run &&
          !busy &&
          until > this.now &&
          priority !== undefined &&
          goesBefore(wants, priority)
        );
      })
      .map(([id]) => id);
  }

  heldFor(run: string, step: string): string[] {
    return [...this.units].filter(([, one]) => one.status === 'HELD' && one.holder === run && one.step === step).map(([id]) => id);
  }

  isCurrent({ resourceId, fence, executionId }: Lease): boolean {
    const { status, fence: now, holder } = this.of(resourceId);
    return status === 'HELD' && now === fence && holder === executionId;
  }

  claim(id: string, lease: Lease): void {
    const { executionId: holder, step, fence, priority, until } = lease;
    this.units.set(id, { status: 'HELD', holder, step, fence, priority, until: Date.parse(until) });
    this.given.push(lease);
  }

  end(id: string, status: 'FREE' | 'UNKNOWN'): void {
    this.units.set(id, { status, fence: this.of(id).fence });
  }
}
