/** Who performs actions: the values of `performs` in workflows/vocabulary. */
export const subsystems = [
  'drone_ops',
  'robotics',
  'dispatch',
  'officer_safety',
  'sensor_grid',
  'cctv_network',
  'investigations',
  'predictive_intel',
  'threat_intel',
  'human_stability',
  'fusion_cloud',
  'emergency_mgmt',
  'digital_twin',
] as const;
