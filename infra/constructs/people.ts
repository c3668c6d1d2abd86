import { Aws, Duration } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  FeaturePlan,
  Mfa,
  StandardThreatProtectionMode,
  StringAttribute,
  UserPool,
  type UserPoolClient,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { Role } from '../../shared/contracts/vocabulary.ts';
import { ourAgencies, sharedWith } from '../agencies.ts';
import { named } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import { removal, type Setting } from './setting.ts';
import type { SwoeFunction } from './swoe-function.ts';

/** The people of SWOE: nobody signs up alone, everybody has a second factor, and a group says the role. */
export class People extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  readonly issuer: string;

  constructor(scope: Construct, id: string, { config }: Setting) {
    super(scope, id);
    const guarded = config.stage === 'prod';
    this.pool = new UserPool(this, 'Pool', {
      userPoolName: named(config, 'people'),
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      standardAttributes: { email: { required: true, mutable: true } },
      customAttributes: { agency: new StringAttribute({ minLen: 1, maxLen: 60, mutable: true }) },
      passwordPolicy: {
        minLength: 14,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { sms: false, otp: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      deviceTracking: { challengeRequiredOnNewDevice: true, deviceOnlyRememberedOnUserPrompt: true },
      // Threat protection is billed for each person, so it stands where real people sign in.
      featurePlan: guarded ? FeaturePlan.PLUS : FeaturePlan.ESSENTIALS,
      ...(guarded ? { standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION } : {}),
      deletionProtection: config.deletionProtection,
      removalPolicy: removal(config),
    });
    if (!guarded)
      acknowledge(this.pool, { 'AwsSolutions-COG8': 'Threat protection is billed for each person; a development stage has testers only.' });
    this.client = this.pool.addClient('Console', {
      userPoolClientName: named(config, 'console'),
      authFlows: { userSrp: true },
      generateSecret: false,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(60),
      idTokenValidity: Duration.minutes(60),
      refreshTokenValidity: Duration.hours(12),
      disableOAuth: true,
    });
    this.issuer = `https://cognito-idp.${Aws.REGION}.${Aws.URL_SUFFIX}/${this.pool.userPoolId}`;
    // Machines are not people: `subsystem` is a client id in our registry, never a group.
    for (const role of Role.options.filter((name) => name !== 'subsystem')) this.group(role, role, `The role ${role}`);
    // An access token carries groups but no custom attribute, so the agency is a group as well.
    const partners = sharedWith(config.agencies).map(({ id: partner }) => partner);
    for (const agency of [...ourAgencies(config.agencies), ...partners])
      this.group(`agency-${agency}`, `agency:${agency}`, `People of ${agency}`);
  }

  /** The room that is asked before each attempt to sign in, and told after each that succeeded. */
  ask({ fn }: SwoeFunction): void {
    this.pool.addTrigger(UserPoolOperation.PRE_AUTHENTICATION, fn);
    this.pool.addTrigger(UserPoolOperation.POST_AUTHENTICATION, fn);
  }

  private group(id: string, groupName: string, description: string): void {
    new CfnUserPoolGroup(this, id, { userPoolId: this.pool.userPoolId, groupName, description });
  }
}
