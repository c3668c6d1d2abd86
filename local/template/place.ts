/** Where this one machine pretends to stand. */
export interface Place {
  readonly region: string;
  readonly account: string;
}

export const LOCAL: Place = { region: 'us-east-1', account: '000000000000' };

/** The one user pool and its one client have fixed ids, so that a token can be made without reading the template. */
export const POOL_ID = `${LOCAL.region}_local`;
export const CLIENT_ID = 'swoelocalconsole';

/** `AWS::…` as CloudFormation would fill them in. */
export const pseudo = (name: string, stack: string, { region, account }: Place): string | undefined => {
  switch (name) {
    case 'AWS::AccountId':
      return account;
    case 'AWS::Region':
      return region;
    case 'AWS::Partition':
      return 'aws';
    case 'AWS::URLSuffix':
      return 'amazonaws.com';
    case 'AWS::StackName':
      return stack;
    case 'AWS::StackId':
      return `arn:aws:cloudformation:${region}:${account}:stack/${stack}/local`;
    default:
      return undefined;
  }
};
