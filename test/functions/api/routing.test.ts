import { describe, expect, test } from 'vitest';
import { api } from './ground.ts';

const { get } = api();
const itemsAt = async (path: string) => (await get(path, { roles: ['viewer'] })).body.items;

describe('routing', () => {
  test('rules are told with their pattern, their reason, and the priority of where they lead', async () => {
    const items = await itemsAt('/routing/rules');
    expect(items.find(({ name }) => name === 'requests')).toEqual({
      name: 'requests',
      pipeline: 'trigger-critical',
      priority: 'CRITICAL',
      why: expect.stringContaining('A person asks'),
      pattern: { source: ['swoe'], 'detail-type': ['workflow.requested'] },
    });
    expect(items.find(({ name }) => name === 'actions-drone_ops')).toMatchObject({ pipeline: 'actions-drone_ops' });
  });

  test('each of the 18 categories names the rules that take it', async () => {
    const { body } = await get('/routing/rules', { roles: ['viewer'] });
    expect(body['categories']).toHaveLength(18);
    expect(body['categories']).toContainEqual({ category: 'SENSOR', critical: ['trigger-critical'], otherwise: ['machines'] });
  });

  test('pipelines name their reader and what leads there', async () => {
    const items = await itemsAt('/routing/pipelines');
    expect(items.filter(({ room }) => room === 'ingest').map(({ name, rules }) => [name, rules])).toEqual([
      ['ingest', ['intake', 'reevaluations']],
      ['ingest-critical', ['intake-critical', 'intake-called-critical']],
    ]);
    expect(items.find(({ name }) => name === 'finish')).toMatchObject({ rules: ['superseded', 'cancels'] });
    expect(items.filter(({ rules }) => (rules as string[]).length === 0)).toEqual([]);
  });

  test('channels name the kinds of entries they tell and who may follow', async () => {
    const items = await itemsAt('/routing/channels');
    expect(items.map(({ path }) => path)).toEqual([
      '/ws/orchestration/events',
      '/ws/orchestration/workflow-status',
      '/ws/orchestration/alerts',
    ]);
    const alerts = items.find(({ channel }) => channel === 'alerts') as { kinds: string[]; also: string[]; roles: string[] };
    expect(alerts.kinds).toContain('step.refused');
    expect(alerts.kinds).not.toContain('guardrail.decided');
    expect(alerts.also.join()).toContain('guardrail.decided');
    expect(alerts.roles).toContain('viewer');
    expect(alerts.roles).not.toContain('subsystem');
  });
});
