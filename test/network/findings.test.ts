import * as fs from 'fs';
import * as path from 'path';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { KnownFindings } from '../../src/assurance/known-findings';
import { SecureVpc } from '../../src/network/secure-vpc';
import { newStack } from '../support/prove';

/** Findings of all packs on a stack with a VPC and a client, as RULE @ PATH. */
function findings(acknowledge: boolean): string[] {
  const stack = newStack();
  const network = new SecureVpc(stack, 'Network');
  network.allowAwsServices(new ec2.SecurityGroup(stack, 'Client', { vpc: network, allowAllOutbound: false, description: 'client' }));
  const app = stack.node.root as App;
  if (acknowledge) { KnownFindings.acknowledge(app); }
  const packs = [AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks];
  Validations.of(app).addPlugins(...packs.map(Pack => new Pack(app)));
  try { app.synth(); } catch (e: any) { if (e.name !== 'ValidationFailed') { throw e; } }
  const report = JSON.parse(fs.readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8'));
  return report.pluginReports.flatMap((r: any) => r.violations).flatMap((v: any) => v.violatingConstructs.map((c: any) => `${v.ruleName} @ ${c.constructPath}`)).sort();
}

test('cdk-nag finds what is declared, at the constructs where it is safe', () => {
  const rules = findings(false).filter(f => !f.startsWith('AwsSolutions-VPC3'));
  expect(rules.map(f => f.replace(/\[.*\]/, ''))).toEqual([
    'AwsSolutions-IAM5 @ Test/Network/DefaultSecurityGroup/AutomationRole/Policy/Resource',
    'AwsSolutions-IAM5 @ Test/Network/DefaultSecurityGroup/AutomationRole/Policy/Resource',
    'AwsSolutions-IAM5 @ Test/Network/DefaultSecurityGroup/AutomationRole/Policy/Resource',
    'HIPAA.Security-VPCDefaultSecurityGroupClosed @ Test/Network/Resource',
    'HIPAA.Security-VPCNoUnrestrictedRouteToIGW @ Test/Network/Internet/Route',
    'NIST.800.53.R4-VPCDefaultSecurityGroupClosed @ Test/Network/Resource',
    'NIST.800.53.R5-VPCDefaultSecurityGroupClosed @ Test/Network/Resource',
    'NIST.800.53.R5-VPCNoUnrestrictedRouteToIGW @ Test/Network/Internet/Route',
    'PCI.DSS.321-VPCDefaultSecurityGroupClosed @ Test/Network/Resource',
    'PCI.DSS.321-VPCNoUnrestrictedRouteToIGW @ Test/Network/Internet/Route',
  ]);
});

test('nothing remains when known findings are acknowledged', () => expect(findings(true)).toEqual([]));
