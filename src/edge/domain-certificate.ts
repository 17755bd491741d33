import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { LoadBalancerDomain } from './tls-alb-props';
import { claim } from '../assurance/claims';
import { harden } from '../core/harden';
import type { Place } from '../core/validate';
import { fail, requireKind } from '../core/validate';
import * as controls from '../services/acm/controls';
import * as settings from '../services/acm/settings';
import { alias } from '../services/route53/settings';

/** What a domain says, checked. Refuses one that is none, or whose zone can't validate a certificate. */
export function domainOf(at: Place, domain: LoadBalancerDomain): settings.CertificateOptions {
  const { domainName, hostedZone, hostedZoneAttributes } = domain;
  if (hostedZone !== undefined && hostedZoneAttributes !== undefined) {
    fail(at, "'domain.hostedZone' and 'domain.hostedZoneAttributes' are both given: give one of the two");
  }
  const { hostedZoneId, zoneName } = hostedZoneAttributes ?? attributesOf(at, hostedZone);
  const checked = { domainName, hostedZoneId, zoneName };
  settings.checkDomain(at, hostedZoneAttributes ? 'domain.hostedZoneAttributes' : 'domain.hostedZone', checked);
  return checked;
}

/** ID and name of a zone. One that was imported by its ID alone throws when it is asked for its name. */
function attributesOf(at: Place, hostedZone: route53.IHostedZone | undefined): route53.HostedZoneAttributes {
  requireKind(at, 'domain.hostedZone', hostedZone, ['hostedZoneId', 'zoneName'],
    'a route53.IHostedZone, without a look-up by HostedZone.fromHostedZoneAttributes');
  const zone = hostedZone!;
  if (zone instanceof route53.PrivateHostedZone) {
    fail(at, `'domain.hostedZone' is the private zone '${zone.node.path}', in which ACM finds no record for the validation: `
      + "give the public zone, or a 'certificate'");
  }
  try {
    return { hostedZoneId: zone.hostedZoneId, zoneName: zone.zoneName };
  } catch {
    return fail(at, `'domain.hostedZone' is '${zone.node.path}', which does not know its name: `
      + 'import it by HostedZone.fromHostedZoneAttributes, with ID and name');
  }
}

/** A certificate of one domain name, validated by its hosted zone, and the record that points the name to a load balancer. */
export class DomainCertificate extends acm.Certificate {
  private readonly domain: settings.CertificateOptions;

  constructor(scope: Construct, id: string, domain: settings.CertificateOptions) {
    const { domainName } = domain;
    super(scope, id, { domainName, certificateName: domainName, validation: acm.CertificateValidation.fromDns() });
    this.domain = domain;
    const resource = this.node.defaultChild as acm.CfnCertificate;
    harden(resource, settings.certificate(domain));
    claim(resource, controls.ACM_KEY_ALGORITHM, controls.ACM_DNS_VALIDATION, controls.ACM_TRANSPARENCY, controls.ACM_NO_WILDCARD);
  }

  /** Points the name to a load balancer, for as long as it is healthy. */
  public pointTo(loadBalancer: elbv2.IApplicationLoadBalancer): void {
    new route53.CfnRecordSet(this, 'Alias', alias({
      domainName: this.domain.domainName,
      hostedZoneId: this.domain.hostedZoneId,
      target: { dnsName: loadBalancer.loadBalancerDnsName, hostedZoneId: loadBalancer.loadBalancerCanonicalHostedZoneId },
    }));
  }
}
