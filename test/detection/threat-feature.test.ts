import { ThreatFeature } from '../../src/detection/threat-feature';

test('each feature has the name that GuardDuty knows, and is on', () => {
  const all = Object.entries(ThreatFeature);
  expect(all).toHaveLength(8);
  expect(all.filter(([name, { _feature: feature }]) => feature.name !== name || feature.status !== 'ENABLED')).toEqual([]);
});

test('runtime monitoring brings its agents, the others bring nothing', () => {
  const agents = Object.values(ThreatFeature).map(f => f._feature.additionalConfiguration).filter(a => a !== undefined);
  expect(agents).toEqual([['EKS_ADDON_MANAGEMENT', 'ECS_FARGATE_AGENT_MANAGEMENT', 'EC2_AGENT_MANAGEMENT'].map(name => ({ name, status: 'ENABLED' }))]);
});

test('the feature that GuardDuty refuses beside runtime monitoring is not offered', () => {
  expect(Object.keys(ThreatFeature)).not.toContain('EKS_RUNTIME_MONITORING');
});
