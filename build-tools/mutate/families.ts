import type { Mutation } from './mutation';

/** What is mutated, by the first line that fits: for the summary only. */
const FAMILIES: [name: string, fits: (m: Mutation) => boolean][] = [
  ['NACL entries', m => m.type === 'AWS::EC2::NetworkAclEntry'],
  ['security-group rules', m => /^AWS::EC2::SecurityGroup/.test(m.type)],
  ['denies', m => ['remove-deny', 'one-role', 'drop-action', 'drop-resource'].includes(m.operator) || m.path[m.path.length - 1] === 'Effect'],
  ['conditions', m => m.path.includes('Condition')],
  ['principals', m => m.operator === 'everyone'],
  ['rights', m => /^(all-actions|all-resources|remove-allow)$/.test(m.operator)],
  ['whole resources', m => m.operator === 'remove-resource'],
  ['protection', m => /DeletionPolicy|UpdateReplacePolicy|DeletionProtection|deletion_protection|DeleteAutomatedBackups|ObjectLock/.test(m.path.join('/'))],
  ['encryption', m => /kms|encrypt|sse|rotation/i.test(m.path.join('/'))],
  ['TLS', m => /ssl|tls|Protocol|Certificate|KeyAlgorithm/i.test(m.path.join('/')) || /^AWS::CertificateManager/.test(m.type)],
  ['retention', m => /Retention|Days|Lifecycle|Backup/.test(m.path.join('/'))],
  ['logging', m => /Log|Trail|Event|Alarm|Metric|Record|Monitor|Insights|GuardDuty|Config::/i.test(`${m.type} ${m.path.join('/')}`)],
  ['other settings', () => true],
];

export function familyOf(m: Mutation): string {
  return FAMILIES.find(([, fits]) => fits(m))![0];
}
