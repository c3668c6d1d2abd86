import type { RestRoute } from '../protocols/rest.ts';

const v1 = (path: string, operation: string): RestRoute => ({ service: 'apigateway', method: 'GET', path, operation });
const v2 = (path: string, operation: string): RestRoute => ({ service: 'apigatewayv2', method: 'GET', path, operation });

const API = '/restapis/{RestApiId}';

/** What may be read of the APIs: everything comes from the template. */
export const apiGatewayRoutes: readonly RestRoute[] = [
  v1('/restapis', 'GetRestApis'),
  v1(API, 'GetRestApi'),
  v1(`${API}/resources`, 'GetResources'),
  v1(`${API}/stages`, 'GetStages'),
  v1(`${API}/stages/{StageName}`, 'GetStage'),
  v1(`${API}/authorizers`, 'GetAuthorizers'),
  v1(`${API}/models`, 'GetModels'),
  v1(`${API}/requestvalidators`, 'GetRequestValidators'),
  v1(`${API}/gatewayresponses`, 'GetGatewayResponses'),
  v1('/usageplans', 'GetUsagePlans'),
  v1('/apikeys', 'GetApiKeys'),
  v2('/v2/apis', 'GetApis'),
  v2('/v2/apis/{ApiId}', 'GetApi'),
  v2('/v2/apis/{ApiId}/stages', 'GetStages'),
  v2('/v2/apis/{ApiId}/routes', 'GetRoutes'),
  v2('/v2/apis/{ApiId}/integrations', 'GetIntegrations'),
  v2('/v2/apis/{ApiId}/authorizers', 'GetAuthorizers'),
];
