import { AwsError } from '../../../kernel/aws-error.ts';
import { type Archive, type ArchiveProperties, archiveOf, tidy } from '../archives.ts';
import { busNameOf } from '../rules.ts';
import { type Desk, type Input, invalid, type Operations, page, startsWith, textIn } from './operation.ts';

/** Archives of buses. */
export const archiveOperations = ({ ground, state }: Desk): Operations => {
  const { scheduler } = ground;
  const archiveIn = (input: Input): Archive => {
    const name = textIn(input, 'ArchiveName');
    const archive = state.archives.get(name);
    if (!archive) throw new AwsError('ResourceNotFoundException', `Archive ${name} does not exist.`);
    tidy(archive, scheduler.now());
    return archive;
  };
  const listed = ({ name, properties, retentionMs, createdAt, store }: Archive): Record<string, unknown> => {
    const { count, bytes } = store.size();
    return {
      ArchiveName: name,
      EventSourceArn: properties.SourceArn,
      State: 'ENABLED',
      RetentionDays: retentionMs / 86_400_000,
      SizeBytes: bytes,
      EventCount: count,
      CreationTime: new Date(createdAt),
    };
  };
  const answer = ({ arn, createdAt }: Archive): Record<string, unknown> => ({
    ArchiveArn: arn,
    State: 'ENABLED',
    CreationTime: new Date(createdAt),
  });
  const put = (properties: ArchiveProperties): Archive => {
    const at = scheduler.now();
    archiveOf(properties, '', at, { template: false });
    state.commit({ op: 'archive', properties, at });
    return state.archives.get(properties.ArchiveName) as Archive;
  };

  return {
    CreateArchive: (input) => {
      const ArchiveName = textIn(input, 'ArchiveName');
      const bus = state.bus(busNameOf(textIn(input, 'EventSourceArn')));
      if (state.archives.has(ArchiveName)) throw new AwsError('ResourceAlreadyExistsException', `Archive ${ArchiveName} already exists.`);
      const { Description, EventPattern, RetentionDays, KmsKeyIdentifier } = input as Partial<ArchiveProperties>;
      return answer(put({ ArchiveName, SourceArn: bus.arn, Description, EventPattern, RetentionDays, KmsKeyIdentifier }));
    },
    UpdateArchive: (input) => {
      const { properties } = archiveIn(input);
      const { Description, EventPattern, RetentionDays, KmsKeyIdentifier } = input as Partial<ArchiveProperties>;
      const given = Object.entries({ Description, EventPattern, RetentionDays, KmsKeyIdentifier }).filter(
        ([, value]) => value !== undefined,
      );
      return answer(put({ ...properties, ...(Object.fromEntries(given) as Partial<ArchiveProperties>) }));
    },
    DescribeArchive: (input) => {
      const archive = archiveIn(input);
      const { Description, KmsKeyIdentifier } = archive.properties;
      return { ...listed(archive), ArchiveArn: archive.arn, Description, KmsKeyIdentifier, EventPattern: archive.patternText };
    },
    ListArchives: (input) => {
      if (input['NamePrefix'] !== undefined && input['EventSourceArn'] !== undefined)
        throw invalid('At most one filter is allowed for ListArchives.');
      const all = [...state.archives.values()].filter(
        ({ name, properties }) =>
          startsWith(input['NamePrefix'], name) &&
          (input['EventSourceArn'] === undefined || input['EventSourceArn'] === properties.SourceArn),
      );
      const { items, NextToken } = page(all, input);
      return { Archives: items.map(listed), NextToken };
    },
    DeleteArchive: (input) => {
      state.commit({ op: 'archive-gone', name: archiveIn(input).name });
      return {};
    },
  };
};
