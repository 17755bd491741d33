import { CLUSTER } from './fixtures';
import * as controls from '../../../src/services/rds/instance-controls';
import { provePredicate } from '../../support/predicate';

provePredicate(controls.DB_MINOR_UPGRADES, CLUSTER, {
  'they are off': r => { r.Db.Properties.AutoMinorVersionUpgrade = false; },
  'they are not said': r => { delete r.Db.Properties.AutoMinorVersionUpgrade; },
});
const INSTANCE = {
  One: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { PubliclyAccessible: false, MonitoringInterval: 60, MonitoringRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, CACertificateIdentifier: 'rds-ca-rsa2048-g1' },
  },
};
provePredicate(controls.DB_NOT_PUBLIC, INSTANCE, {
  'it is public': r => { r.One.Properties.PubliclyAccessible = true; },
  'it is not said': r => { delete r.One.Properties.PubliclyAccessible; },
});
provePredicate(controls.DB_MONITORED, INSTANCE, {
  'the interval is 0, which is off': r => { r.One.Properties.MonitoringInterval = 0; },
  'there is no interval': r => { delete r.One.Properties.MonitoringInterval; },
  'there is no role': r => { delete r.One.Properties.MonitoringRoleArn; },
});
provePredicate(controls.DB_CERTIFICATE, INSTANCE, {
  'the authority has expired': r => { r.One.Properties.CACertificateIdentifier = 'rds-ca-2019'; },
  'it is not said': r => { delete r.One.Properties.CACertificateIdentifier; },
});
