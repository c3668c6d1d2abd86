import { AllocationPriority, type Priority } from '../../contracts/vocabulary.ts';

const OF: Record<Priority, AllocationPriority> = { CRITICAL: 'EMERGENCY', HIGH: 'HIGH', MEDIUM: 'NORMAL', LOW: 'LOW', INFO: 'LOW' };

/** What a run of this priority asks for its units with. */
export const allocationPriority = (priority: Priority): AllocationPriority => OF[priority];

/** Whether `a` goes before `b`; nothing goes before its equal. */
export const goesBefore = (a: AllocationPriority, b: AllocationPriority): boolean =>
  AllocationPriority.options.indexOf(a) < AllocationPriority.options.indexOf(b);
