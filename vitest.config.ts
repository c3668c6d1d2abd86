import { defineConfig } from 'vitest/config';

/** `unit` needs nothing; `flow` runs the synthesised system in process; `conformance` needs ../shared and says so where it is missing. */
export default defineConfig({
  test: {
    pool: 'forks',
    // Left alone, one processor would stay idle: half of the two that CI has.
    maxWorkers: '100%',
    // A bound on hanging, not a claim on speed: machines are shared and slow at times.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The functions' bundles are what deploys: vitest must load them as they are.
    server: { deps: { external: [/asset\.[0-9a-f]{64}/, /\/bundles\//] } },
    env: { TZ: 'UTC', AWS_EC2_METADATA_DISABLED: 'true' },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/flow/**', 'test/conformance/**', 'test/infra/**'] },
      },
      { extends: true, test: { name: 'infra', include: ['test/infra/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'flow',
          include: ['test/flow/**/*.test.ts'],
          globalSetup: ['test/flow/setup.ts'],
        },
      },
      { extends: true, test: { name: 'conformance', include: ['test/conformance/**/*.test.ts'], globalSetup: ['test/flow/setup.ts'] } },
    ],
  },
});
