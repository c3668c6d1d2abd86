import { describe, expect, test } from 'vitest';
import { loadStage } from '../../infra/config.ts';
import type { Endpoint } from '../../shared/contracts/endpoint.ts';
import { BASE_PATH, endpoints } from '../../shared/contracts/endpoints.ts';
import { Channel, Role } from '../../shared/contracts/vocabulary.ts';
import { name, type Resource, synthesised, target } from './support.ts';

const { ofType } = synthesised('dev');
const parts = new Map(ofType('AWS::ApiGateway::Resource').map((resource) => [resource.id, resource]));
const [stage] = ofType('AWS::ApiGateway::Stage');

const pathOf = (id: string): string => {
  const part = parts.get(id);
  return part ? `${pathOf(target(part.Properties['ParentId']))}/${name(part, 'PathPart')}` : '';
};
/** `GET /api/orchestration/status` → its method. */
const methods = new Map(
  ofType('AWS::ApiGateway::Method').map((method) => [
    `${name(method, 'HttpMethod')} /${stage?.Properties['StageName']}${pathOf(target(method.Properties['ResourceId']))}`,
    method,
  ]),
);
const methodOf = ({ method, path }: Endpoint): Resource | undefined => methods.get(`${method} ${BASE_PATH}${path}`);

describe('the REST API', () => {
  test('has every endpoint of the contracts and no other', () => {
    expect([...methods.keys()].sort()).toEqual(endpoints.map(({ method, path }) => `${method} ${BASE_PATH}${path}`).sort());
  });

  test.each(endpoints as readonly Endpoint[])('guards and checks $method $path', (endpoint) => {
    const method = methodOf(endpoint);
    expect(method?.Properties).toMatchObject({
      AuthorizationType: 'CUSTOM',
      Integration: { Type: 'AWS_PROXY' },
      OperationName: endpoint.operation,
    });
    expect(target(method?.Properties['AuthorizerId'])).toBe(ofType('AWS::ApiGateway::Authorizer')[0]?.id);
    expect(target(method?.Properties['RequestValidatorId'])).toBe(ofType('AWS::ApiGateway::RequestValidator')[0]?.id);
    expect(method && 'RequestModels' in method.Properties).toBe(endpoint.body !== undefined);
  });

  test('checks bodies against the contracts, in the draft API Gateway speaks', () => {
    const ingest = ofType('AWS::ApiGateway::Model').find((model) => name(model, 'Name') === 'IngestEvent');
    expect(ingest?.Properties['Schema']).toMatchObject({
      $schema: 'http://json-schema.org/draft-04/schema#',
      required: ['specversion', 'id', 'source', 'type'],
      properties: { data: { properties: { location: { properties: { lat: { minimum: -90, maximum: 90 } } } } } },
    });
    expect(ofType('AWS::ApiGateway::RequestValidator')[0]?.Properties).toMatchObject({
      ValidateRequestBody: true,
      ValidateRequestParameters: true,
    });
  });

  test('counts those who act apart from those who look, by keys that only the authorizer names', () => {
    expect(ofType('AWS::ApiGateway::RestApi')[0]?.Properties['ApiKeySourceType']).toBe('AUTHORIZER');
    expect(ofType('AWS::ApiGateway::Method').every(({ Properties }) => Properties['ApiKeyRequired'] === true)).toBe(true);
    const plans = ofType('AWS::ApiGateway::UsagePlan');
    expect(plans.map((plan) => name(plan, 'UsagePlanName')).sort()).toEqual(['swoe-dev-usage-acting', 'swoe-dev-usage-looking']);
    expect(plans.some(({ Properties }) => 'Quota' in Properties)).toBe(false);
    expect(
      ofType('AWS::ApiGateway::ApiKey')
        .map((key) => name(key, 'Value'))
        .sort(),
    ).toEqual(['swoe-dev-usage-acting', 'swoe-dev-usage-looking']);
    expect(stage?.Properties['MethodSettings']).toEqual([
      expect.objectContaining({ ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 }),
    ]);
  });

  test('keeps no answer of the authorizer', () => {
    expect(ofType('AWS::ApiGateway::Authorizer')[0]?.Properties).toMatchObject({
      Type: 'REQUEST',
      IdentitySource: 'method.request.header.Authorization',
      AuthorizerResultTtlInSeconds: 0,
    });
  });

  test('refuses in problem+json, and each refusal is JSON with a stable type', () => {
    const answers = ofType('AWS::ApiGateway::GatewayResponse');
    expect(answers.map((answer) => name(answer, 'ResponseType'))).toEqual(
      expect.arrayContaining(['DEFAULT_4XX', 'DEFAULT_5XX', 'UNAUTHORIZED', 'ACCESS_DENIED', 'BAD_REQUEST_BODY']),
    );
    for (const { Properties } of answers) {
      const templates = Properties['ResponseTemplates'] as Record<string, string>;
      expect(JSON.parse(templates['application/json'] ?? '').type).toMatch(/^urn:swoe:problem:[a-z-]+$/);
      expect(Properties['ResponseParameters']).toMatchObject({ 'gatewayresponse.header.Content-Type': "'application/problem+json'" });
    }
  });

  test('stands behind the firewall, which lets an event of 128 KB through', () => {
    const [acl] = ofType('AWS::WAFv2::WebACL');
    expect(target(ofType('AWS::WAFv2::WebACLAssociation')[0]?.Properties['WebACLArn'])).toBe(acl?.id);
    expect(JSON.stringify(ofType('AWS::WAFv2::WebACLAssociation')[0]?.Properties['ResourceArn'])).toContain(stage?.id);
    expect(JSON.stringify(acl?.Properties['Rules'])).toContain('{"ActionToUse":{"Count":{}},"Name":"SizeRestrictions_BODY"}');
  });

  test('logs who asked, never what was said', () => {
    expect(stage?.Properties).toMatchObject({ AccessLogSetting: { DestinationArn: expect.anything() }, TracingEnabled: true });
    expect(stage?.Properties['MethodSettings']).toEqual([expect.objectContaining({ LoggingLevel: 'ERROR', DataTraceEnabled: false })]);
  });
});

describe('the WebSocket API', () => {
  test('has each channel as a stage', () => {
    expect(
      ofType('AWS::ApiGatewayV2::Stage')
        .map((channel) => name(channel, 'StageName'))
        .sort(),
    ).toEqual([...Channel.options].sort());
  });

  test('lets nobody connect whom the authorizer does not know', () => {
    const routes = Object.fromEntries(
      ofType('AWS::ApiGatewayV2::Route').map((route) => [name(route, 'RouteKey'), route.Properties['AuthorizationType']]),
    );
    expect(routes).toEqual({ $connect: 'CUSTOM', $disconnect: 'NONE', $default: 'NONE' });
  });

  test('asks for no header that a browser cannot send', () => {
    expect(ofType('AWS::ApiGatewayV2::Authorizer')[0]?.Properties).not.toHaveProperty('IdentitySource');
  });
});

describe('people', () => {
  test('have a group for each role but that of machines, and one for each agency that is ours', () => {
    const groups = ofType('AWS::Cognito::UserPoolGroup').map((group) => name(group, 'GroupName'));
    expect(groups.sort()).toEqual(
      [...Role.options.filter((role) => role !== 'subsystem'), ...loadStage('dev').agencies.map(({ id }) => `agency:${id}`)].sort(),
    );
  });

  test('are counted before each attempt to sign in, and after each success', () => {
    const asked = ofType('AWS::Cognito::UserPool')[0]?.Properties['LambdaConfig'] as Record<string, unknown> | undefined;
    const room = ofType('AWS::Lambda::Function').find((fn) => name(fn, 'FunctionName') === 'swoe-dev-signin');
    expect([target(asked?.['PreAuthentication']), target(asked?.['PostAuthentication'])]).toEqual([room?.id, room?.id]);
    const allowed = ofType('AWS::Lambda::Permission').filter(({ Properties }) => Properties['Principal'] === 'cognito-idp.amazonaws.com');
    expect(allowed.map(({ Properties }) => target(Properties['FunctionName']))).toEqual([room?.id, room?.id]);
  });

  test('need a second factor and an administrator to let them in', () => {
    expect(ofType('AWS::Cognito::UserPool')[0]?.Properties).toMatchObject({
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      Policies: { PasswordPolicy: { MinimumLength: 14 } },
    });
  });
});
