import type { RestRoute } from '../protocols/rest.ts';

const on = (method: string, path: string, operation: string, query: Readonly<Record<string, string>> = {}): RestRoute => ({
  service: 'scheduler',
  method,
  path,
  operation,
  query,
});

const OWN = { GroupName: 'groupName', ClientToken: 'clientToken' };
const LISTED = { NamePrefix: 'NamePrefix', MaxResults: 'MaxResults', NextToken: 'NextToken' };

export const schedulerRoutes: readonly RestRoute[] = [
  on('GET', '/schedules', 'ListSchedules', { GroupName: 'ScheduleGroup', State: 'State', ...LISTED }),
  on('POST', '/schedules/{Name}', 'CreateSchedule'),
  on('GET', '/schedules/{Name}', 'GetSchedule', OWN),
  on('PUT', '/schedules/{Name}', 'UpdateSchedule'),
  on('DELETE', '/schedules/{Name}', 'DeleteSchedule', OWN),
  on('GET', '/schedule-groups', 'ListScheduleGroups', LISTED),
  on('POST', '/schedule-groups/{Name}', 'CreateScheduleGroup'),
  on('GET', '/schedule-groups/{Name}', 'GetScheduleGroup'),
  on('DELETE', '/schedule-groups/{Name}', 'DeleteScheduleGroup', { ClientToken: 'clientToken' }),
];
