/** How a plain SDK client is pointed at the local endpoint. The credentials are made up; nothing beyond this machine accepts them. */
export const localAws = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

/** Where `npm start` listens for AWS calls, by SWOE_AWS_PORT. */
export const awsEndpoint = (env: NodeJS.ProcessEnv): string => `http://127.0.0.1:${env.SWOE_AWS_PORT ?? '4566'}`;

/** Where `npm start` listens for REST and WebSocket, by SWOE_PORT. */
export const gatewayUrl = (env: NodeJS.ProcessEnv): string => `http://127.0.0.1:${env.SWOE_PORT ?? '8080'}`;
