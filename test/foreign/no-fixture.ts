// Controls that no public fixture judges, sorted within each reason: the sources were searched for their types and properties.

export const NO_FIXTURE: Record<string, string[]> = {
  'no scanner reads metric filters and alarms over events of CloudTrail in a template; Trivy judges them in accounts only': [
    'TRL-10', 'TRL-10.1', 'TRL-10.10', 'TRL-10.11', 'TRL-10.12', 'TRL-10.13', 'TRL-10.14', 'TRL-10.15', 'TRL-10.2', 'TRL-10.3', 'TRL-10.4',
    'TRL-10.5', 'TRL-10.6', 'TRL-10.7', 'TRL-10.8', 'TRL-10.9', 'TRL-12',
  ],
  'of a trail no scanner judges global services, advanced selectors, insights, the statements of its bucket, or whom it tells': [
    'TRL-01c', 'TRL-01d', 'TRL-06', 'TRL-08', 'TRL-15',
  ],
  'no scanner judges recorders and delivery channels of AWS Config in a template; Trivy judges aggregators, for another question': [
    'CFG-01', 'CFG-02', 'CFG-03', 'CFG-04', 'CFG-04b', 'CFG-04c', 'CFG-05', 'CFG-06', 'CFG-07', 'CFG-08', 'CFG-08b', 'CFG-09', 'CFG-10',
    'CFG-11', 'CFG-12',
  ],
  'of GuardDuty they judge whether a detector is on, and not what it watches, exports, archives, trusts or scans': [
    'TD-01b', 'TD-02', 'TD-02b', 'TD-03', 'TD-04', 'TD-04b', 'TD-05', 'TD-06', 'TD-07', 'TD-08', 'TD-09',
  ],
  'of AWS Backup they judge the key of a vault and whether something is selected, and no lock, vault policy, schedule or retention': [
    'BKP-02', 'BKP-03', 'BKP-03b', 'BKP-04', 'BKP-04b', 'BKP-04c', 'BKP-05', 'BKP-09', 'BKP-09b', 'BKP-10', 'BKP-11', 'BKP-12', 'BKP-13',
    'BKP-14', 'BKP-15', 'BKP-16',
  ],
  'no scanner judges patterns and targets of EventBridge rules, but whether a target has a queue for what it could not take': [
    'BKP-08', 'BKP-08b', 'EVT-01', 'EVT-02', 'EVT-03',
  ],
  'no scanner judges endpoints in a VPC; checkov judges whether an endpoint service accepts by itself': [
    'VPC-08', 'VPC-09', 'VPC-09b', 'VPC-09c', 'VPC-09e', 'VPC-25', 'VPC-25b',
  ],
  'they want no network ACL at all (VPCNoNACLs of cdk-nag), or judge its entries one by one, and not which one a subnet has': [
    'VPC-05', 'VPC-05c',
  ],
  'no scanner judges what else is in a tier, under a security group, or joined to a VPC, nor the routes, zones and names of one': [
    'VPC-01', 'VPC-02', 'VPC-04b', 'VPC-17', 'VPC-18', 'VPC-19', 'VPC-20', 'VPC-20b', 'VPC-20c', 'VPC-20d', 'VPC-21b', 'VPC-24', 'VPC-26',
    'VPC-27', 'VPC-28',
  ],
  'the rules of scanners for file systems, users of hosts and images in task definitions do not judge CloudFormation, or are about one flag of another service': [
    'ECS-01', 'ECS-14', 'ECS-14b', 'ECS-17', 'ECS-18', 'ECS-20', 'ECS-22', 'ECS-24',
  ],
  'no scanner judges how many tasks run, where, on what platform and disks, by whose decision, and with which shells': [
    'ECS-07', 'ECS-09', 'ECS-09b', 'ECS-10', 'ECS-13', 'ECS-13c', 'ECS-13d', 'ECS-19b', 'ECS-19c', 'ECS-21', 'ECS-21b', 'ECS-23',
    'ECS-25',
  ],
  'of a repository they judge scans, tags, the key and principals, and neither its lifecycle, nor actions of its policy, nor what the registry scans': [
    'ECS-15c', 'ECS-15f', 'ECS-15g', 'ECS-16c',
  ],
  'of a load balancer they judge no attribute but its access logs, invalid headers and protection, and not its zones or who leads to it': [
    'ALB-05', 'ALB-08', 'ALB-09b', 'ALB-10', 'ALB-11b', 'ALB-17', 'ALB-25',
  ],
  'of listeners they judge protocol, policy, certificate and redirection, and no rules, headers, trust stores or target groups': [
    'ALB-12', 'ALB-13', 'ALB-14', 'ALB-16', 'ALB-20', 'ALB-21', 'ALB-22', 'ALB-23', 'ALB-24',
  ],
  'they ask for the source of who invokes a function only, not for that of services in policies of keys, buckets, topics and roles': [
    'GEN-04', 'GEN-04b', 'KMS-14', 'S3-22',
  ],
  'no scanner judges what a role of the template may do to a resource of it, or in other accounts, nor to how many roles a policy is attached': [
    'GEN-05', 'IAM-05b', 'IAM-09', 'KMS-19', 'S3-35',
  ],
  'of a key they judge rotation, state and wildcards, and neither its period nor how administration, use and grants are kept apart': [
    'KMS-02', 'KMS-04', 'KMS-05', 'KMS-06', 'KMS-07', 'KMS-09', 'KMS-12', 'KMS-15', 'KMS-16', 'KMS-18',
  ],
  'of a log group they judge the key and the retention, and neither its protection nor its policies and subscriptions': [
    'LOG-03', 'LOG-04', 'LOG-05', 'LOG-06', 'LOG-07',
  ],
  'their rules are about another thing by that name: a stand-by of one instance, a subnet of 0.0.0.0/0, a name in plain text': [
    'DB-02b', 'DB-10', 'DB-14',
  ],
  'of Aurora clusters no scanner judges the Data API, tags of snapshots, events, certificates, support or parameters in CloudFormation': [
    'DB-04', 'DB-05b', 'DB-06b', 'DB-15', 'DB-17', 'DB-20', 'DB-21', 'DB-22', 'DB-32',
  ],
  'they ask whether a bucket replicates, and not to whom its events, reports and replicas go': [
    'S3-27',
  ],
  'of a bucket no scanner judges lifecycle, SSE-C, events, versions of TLS, access points, or what else is attached to it': [
    'S3-02', 'S3-05b', 'S3-06', 'S3-06b', 'S3-08', 'S3-09', 'S3-13', 'S3-16', 'S3-23', 'S3-25', 'S3-26', 'S3-28', 'S3-29', 'S3-30', 'S3-31',
    'S3-32', 'S3-33',
  ],
  'of a topic they judge the key, TLS and wildcards, and neither its subscriptions nor denials and further policies': [
    'SNS-04', 'SNS-06', 'SNS-07', 'SNS-09', 'SNS-10', 'SNS-11',
  ],
  'their rule of the default action is about WAF Classic, where it wants another one than clients need': [
    'WAF-09', 'WAF-09b',
  ],
  'of a web ACL they judge its logs, its rules being there and the group against Log4j, and nothing else of rules, samples and addresses': [
    'WAF-02', 'WAF-03', 'WAF-05', 'WAF-06', 'WAF-06b', 'WAF-07c', 'WAF-07d', 'WAF-08', 'WAF-10', 'WAF-11', 'WAF-12', 'WAF-13',
  ],
  'of a certificate they judge the wildcard alone in CloudFormation, and neither its key, its validation nor its transparency': [
    'ACM-01', 'ACM-02', 'ACM-03',
  ],
  'they judge an instance or a proxy by itself, and not what is added to a cluster: who joins it, copies it, ships it, or hears of it': [
    'DB-17b', 'DB-23', 'DB-24', 'DB-25', 'DB-25b', 'DB-26', 'DB-27', 'DB-28', 'DB-29', 'DB-30', 'DB-31',
  ],
  'of secrets they judge the key and whether there is a rotation, and not who is let in, who rotates, copies, or what is attached': [
    'SEC-01', 'SEC-02', 'SEC-03', 'SEC-04', 'SEC-05', 'SEC-06',
  ],
};
