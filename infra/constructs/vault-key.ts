import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { FunctionSpec } from '../function-spec.ts';
import { functionNames, functions } from '../functions.ts';
import { named, roleArn } from '../names.ts';
import { removal, type Setting } from './setting.ts';

/** Rooms that may have the vault's key make or open a subject's key. */
const openers = functionNames.filter((name) => (functions[name] as FunctionSpec).vaultKey !== undefined);

/** The key under which each subject's own key is wrapped. Only the rooms that seal and open may use it: the account's other roles may not, whatever their policies say. */
export class VaultKey extends Construct {
  readonly keyArn: string;

  constructor(scope: Construct, id: string, { config }: Omit<Setting, 'bundles'>) {
    super(scope, id);
    const key = new Key(this, 'Key', {
      alias: named(config, 'vault-key'),
      description: `SWOE ${config.stage}: wraps the keys of those whom restricted data is about`,
      enableKeyRotation: true,
      removalPolicy: removal(config),
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'OnlyTheVault',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: { ArnNotEquals: { 'aws:PrincipalArn': openers.map((name) => roleArn(config, name)) } },
      }),
    );
    this.keyArn = key.keyArn;
  }
}
