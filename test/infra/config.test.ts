import { describe, expect, test } from 'vitest';
import { loadStage, parseStage } from '../../infra/config.ts';

const changed =
  (changes: object): (() => unknown) =>
  () =>
    parseStage({ ...loadStage('prod'), ...changes }, 'infra/stages/prod.json');

describe('the settings of a stage', () => {
  test('dev and prod are both sound', () => {
    expect(loadStage('dev').stage).toBe('dev');
    expect(loadStage('prod').stage).toBe('prod');
  });

  test('an unknown stage is told how to name one', () => {
    expect(() => loadStage('staging')).toThrow('There is no stage "staging": name one that has a file in infra/stages');
  });

  test('a mistake is told with its file, its field and what is allowed', () => {
    expect(changed({ logRetentionDays: 10 })).toThrow(
      /infra\/stages\/prod\.json is not a stage SWOE can deploy:\n {2}logRetentionDays: one of 7, 14/,
    );
  });

  test('a misspelt setting is not passed over', () => {
    expect(changed({ pointInTimeRecovery: true })).toThrow('pointInTimeRecovery');
  });

  test('a producer may not be bound to swoe', () => {
    const producers = [{ principalArn: 'arn:aws:iam::111122223333:role/cad-bridge', sources: ['swoe'] }];
    expect(changed({ producers })).toThrow(/producers\.0\.sources: a list of registered sources \(cad_system/);
  });

  test('production names the sources of every producer', () => {
    const producers = [{ principalArn: 'arn:aws:iam::111122223333:role/cad-bridge', sources: 'any' }];
    expect(changed({ producers })).toThrow('producers.0.sources: name the sources');
  });

  test('a principal is an IAM ARN, not a wildcard', () => {
    const producers = [{ principalArn: '*', sources: ['cad_system'] }];
    expect(changed({ producers })).toThrow('producers.0.principalArn: an IAM ARN such as');
  });

  test('only a subsystem that performs actions has pollers', () => {
    expect(changed({ subsystems: { space_force: ['arn:aws:iam::111122223333:role/x'] } })).toThrow('space_force');
  });
});
