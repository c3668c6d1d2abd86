import { expect, it } from 'vitest';
import { deploy, type Engines } from '../../../local/template/deploy.ts';
import type { Resource } from '../../../local/template/index.ts';
import { physical } from '../../../local/template/physical.ts';

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:m';
const place = { region: 'us-east-1', account: '000000000000' };

/** A resource as the template's reader makes it. */
const resource = (logicalId: string, type: string, properties: Record<string, unknown>): Resource => ({
  stack: 's',
  logicalId,
  type,
  properties,
  ...physical(type, { stack: 's', logicalId, ...place, property: (name) => properties[name] }),
});

const deployed = (...resources: Resource[]): unknown[] => {
  const told: unknown[] = [];
  const states = { defineVersion: (given: unknown) => told.push(given), defineAlias: (given: unknown) => told.push(given) };
  const ofType = (...types: string[]) => resources.filter(({ type }) => types.includes(type));
  deploy({ resources, outputs: {}, exports: new Map(), assets: new Map(), ofType }, { states } as unknown as Engines);
  return told;
};

const version = resource('V', 'AWS::StepFunctions::StateMachineVersion', { StateMachineArn: MACHINE, Description: 'first' });

it('a version is number 1 of its machine, and an alias stands beside it under its own name', () => {
  const alias = resource('A', 'AWS::StepFunctions::StateMachineAlias', {
    Name: 'LIVE',
    RoutingConfiguration: [{ StateMachineVersionArn: version.ref, Weight: 100 }],
  });
  expect([version.ref, alias.ref]).toEqual([`${MACHINE}:1`, `${MACHINE}:LIVE`]);
  expect(deployed(alias, version)).toEqual([
    { stateMachineArn: MACHINE, description: 'first' },
    { name: 'LIVE', routes: [{ stateMachineVersionArn: `${MACHINE}:1`, weight: 100 }] },
  ]);
});

it('a deployment preference leads wholly to its version', () => {
  const alias = resource('A', 'AWS::StepFunctions::StateMachineAlias', {
    Name: 'LIVE',
    DeploymentPreference: { StateMachineVersionArn: version.ref, Type: 'LINEAR', Percentage: 10, Interval: 1 },
  });
  expect(alias.ref).toBe(`${MACHINE}:LIVE`);
  expect(deployed(alias)).toEqual([{ name: 'LIVE', routes: [{ stateMachineVersionArn: `${MACHINE}:1`, weight: 100 }] }]);
});
