import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { fail, requireMatch } from '../core/validate';
import * as controls from '../services/acm/controls';

/** The name, and the hosted zone that it is in. */
export interface DomainCertificateOptions {
  readonly name: string;
  readonly hostedZoneId: string;
  readonly zoneName: string;
}

/** A certificate of one domain name, validated by its hosted zone, and the records that point the name to a load balancer. */
export class DomainCertificate extends Construct {
  public readonly certificate: acm.Certificate;

  constructor(scope: Construct, id: string, private readonly domain: DomainCertificateOptions) {
    super(scope, id);
    this.check();
    const { hostedZoneId, zoneName, name } = domain;
    this.certificate = new acm.Certificate(this, 'Resource', {
      domainName: name,
      validation: acm.CertificateValidation.fromDns(route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName })),
      keyAlgorithm: acm.KeyAlgorithm.EC_PRIME256V1,
      transparencyLoggingEnabled: true,
    });
    const resource = this.certificate.node.defaultChild as acm.CfnCertificate;
    claim(resource, controls.ACM_KEY_ALGORITHM, controls.ACM_DNS_VALIDATION, controls.ACM_TRANSPARENCY, controls.ACM_NO_WILDCARD);
  }

  /** Points the name to a load balancer, for as long as it is healthy. */
  public pointTo(loadBalancer: elbv2.IApplicationLoadBalancer): void {
    new route53.CfnRecordSet(this, 'Alias', {
      name: `${this.domain.name}.`,
      type: 'A',
      hostedZoneId: this.domain.hostedZoneId,
      aliasTarget: {
        dnsName: loadBalancer.loadBalancerDnsName,
        hostedZoneId: loadBalancer.loadBalancerCanonicalHostedZoneId,
        evaluateTargetHealth: true,
      },
    });
  }

  private check(): void {
    const owner = this.node.scope!;
    // An environment variable that is not set arrives as undefined, whatever the type says.
    const { name = '', hostedZoneId = '', zoneName = '' } = this.domain;
    const named = /^(?=.{1,64}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z0-9]$/;
    requireMatch(owner, 'domain.name', name, named, 'give one domain name in lower case of up to 64 characters, without wildcard and without dot at the end');
    requireMatch(owner, 'domain.zoneName', zoneName, /^(?!.*\.$)[a-z0-9.-]+$/, 'give the name of the hosted zone in lower case, without dot at the end');
    requireMatch(owner, 'domain.hostedZoneId', hostedZoneId, /^[A-Z0-9]{1,32}$/, "give the ID of the hosted zone without '/hostedzone/', for example 'Z0123456789ABC'");
    if (!Token.isUnresolved(name) && !Token.isUnresolved(zoneName) && name !== zoneName && !name.endsWith(`.${zoneName}`)) {
      fail(owner, `'domain.name' is '${name}', which is not in the zone '${zoneName}': give the zone that the name is in`);
    }
  }
}
