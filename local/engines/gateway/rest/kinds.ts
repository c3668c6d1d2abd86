/** API Gateway's own words where the template does not change them: status, message, and the name in `x-amzn-errortype`. */
export interface Kind {
  readonly status: number;
  readonly message: string;
  readonly error: string;
}

const kind = (status: number, message: string, error: string): Kind => ({ status, message, error });
const internal = (status = 500): Kind => kind(status, 'Internal server error', 'InternalServerErrorException');

/** Every type of gateway response. */
export const KINDS = {
  ACCESS_DENIED: kind(403, 'User is not authorized to access this resource', 'AccessDeniedException'),
  API_CONFIGURATION_ERROR: internal(),
  AUTHORIZER_CONFIGURATION_ERROR: internal(),
  AUTHORIZER_FAILURE: internal(),
  BAD_REQUEST_BODY: kind(400, 'Invalid request body', 'BadRequestException'),
  BAD_REQUEST_PARAMETERS: kind(400, 'Missing required request parameters', 'BadRequestException'),
  DEFAULT_4XX: kind(400, 'Bad Request', 'BadRequestException'),
  DEFAULT_5XX: internal(502),
  EXPIRED_TOKEN: kind(403, 'The security token included in the request is expired', 'ExpiredTokenException'),
  INTEGRATION_FAILURE: internal(504),
  INTEGRATION_TIMEOUT: kind(504, 'Endpoint request timed out', 'InternalServerErrorException'),
  INVALID_API_KEY: kind(403, 'Forbidden', 'ForbiddenException'),
  INVALID_SIGNATURE: kind(403, 'The request signature does not hold', 'InvalidSignatureException'),
  MISSING_AUTHENTICATION_TOKEN: kind(403, 'Missing Authentication Token', 'MissingAuthenticationTokenException'),
  QUOTA_EXCEEDED: kind(429, 'Limit Exceeded', 'LimitExceededException'),
  REQUEST_TOO_LARGE: kind(413, 'Request Too Long', 'RequestTooLongException'),
  RESOURCE_NOT_FOUND: kind(404, 'Not Found', 'NotFoundException'),
  THROTTLED: kind(429, 'Too Many Requests', 'TooManyRequestsException'),
  UNAUTHORIZED: kind(401, 'Unauthorized', 'UnauthorizedException'),
  UNSUPPORTED_MEDIA_TYPE: kind(415, 'Unsupported Media Type', 'BadRequestException'),
  WAF_FILTERED: kind(403, 'Forbidden', 'ForbiddenException'),
} as const;

export type KindName = keyof typeof KINDS;
