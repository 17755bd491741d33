import { ThreatFeature } from '../../src/detection/threat-feature';

test('each feature has the name that GuardDuty knows', () => {
  expect(Object.entries(ThreatFeature).filter(([name, value]) => name !== value)).toEqual([]);
});

test('the feature that GuardDuty refuses beside runtime monitoring is not offered', () => {
  expect(Object.keys(ThreatFeature)).not.toContain('EKS_RUNTIME_MONITORING');
});
