import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { type Complaint, complaint } from './check/complaint.ts';
import { VERSIONS_PATH } from './output.ts';
import { machineText } from './outputs.ts';

/** A workflow's name → its version → SHA-256 of the compiled machine's file. */
export const Versions = z.record(z.string(), z.record(z.string().regex(/^\d+$/), z.string().regex(/^[0-9a-f]{64}$/)));
export type Versions = z.infer<typeof Versions>;

const hashOf = (workflow: Workflow): string => createHash('sha256').update(machineText(workflow)).digest('hex');
const recorded = ({ name, version }: Workflow, versions: Versions): string | undefined => versions[name]?.[String(version)];

/** Complaints about machines that are no longer what was published under their version: runs under way, and audits, rely on that. */
export const checkVersions = (workflows: readonly Workflow[], versions: Versions): Complaint[] =>
  workflows.flatMap((workflow) => {
    const known = recorded(workflow, versions);
    if (known === undefined || known === hashOf(workflow)) return [];
    return [
      complaint(
        'VERSION_IS_PUBLISHED',
        `${workflow.name}.version`,
        `version ${workflow.version} was published with another machine`,
        `Make it version ${Math.max(...Object.keys(versions[workflow.name] ?? {}).map(Number)) + 1}`,
      ),
    ];
  });

/** Versions that nobody published yet: these may still change. */
export const unpublished = (workflows: readonly Workflow[], versions: Versions): string[] =>
  workflows.filter((workflow) => recorded(workflow, versions) === undefined).map(({ name, version }) => `${name} ${version}`);

/** The record with these versions added. What is in it stays as it is. */
export const published = (workflows: readonly Workflow[], versions: Versions): Versions => {
  const added = workflows.map((workflow) => [workflow.name, { [workflow.version]: hashOf(workflow), ...versions[workflow.name] }]);
  return { ...versions, ...Object.fromEntries(added) };
};

/** Nothing is published where there is no record. */
export const readVersions = async (root: URL): Promise<Versions> => {
  const text = await readFile(new URL(VERSIONS_PATH, root), 'utf8').catch(() => '{}');
  return Versions.parse(JSON.parse(text));
};

export const writeVersions = (root: URL, versions: Versions): Promise<void> => {
  const sorted = Object.entries(versions).sort(([a], [b]) => (a < b ? -1 : 1));
  return writeFile(new URL(VERSIONS_PATH, root), `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
};
