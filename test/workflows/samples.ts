import { step } from '../../workflows/language/define.ts';

/** How every flow opens and closes. */
export const opening = step('open', {
  action: 'POLICY_VALIDATION',
  with: { scope: 'whole-run' },
  within: '5s',
  onFailure: 'degrade',
  undo: 'never',
});
export const closing = [
  step('release', { action: 'RESOURCE_RELEASE', with: { which: 'all' }, within: '5s', onFailure: 'degrade', undo: 'never' }),
  step('record', { action: 'AUDIT_LOG', with: { entry: 'closing' }, within: '5s', onFailure: 'degrade', undo: 'never' }),
] as const;
