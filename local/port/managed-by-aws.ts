const allow = (...actions: string[]): object => ({ Statement: { Effect: 'Allow', Action: actions, Resource: '*' } });

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** Policies that AWS keeps and templates only name, as AWS documents them. */
export const MANAGED_BY_AWS: Readonly<Record<string, object>> = {
  AWSLambdaBasicExecutionRole: allow(...LOGS),
  AWSLambdaSQSQueueExecutionRole: allow('sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', ...LOGS),
  AWSLambdaDynamoDBExecutionRole: allow(
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
    ...LOGS,
  ),
  AWSXRayDaemonWriteAccess: allow(
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:GetSamplingStatisticSummaries',
  ),
  AmazonAPIGatewayPushToCloudWatchLogs: allow(
    ...LOGS,
    'logs:DescribeLogGroups',
    'logs:DescribeLogStreams',
    'logs:GetLogEvents',
    'logs:FilterLogEvents',
  ),
  CloudWatchLambdaInsightsExecutionRolePolicy: allow(...LOGS),
};
