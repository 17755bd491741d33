import type { Scope } from '../services/waf/facts';
import { CLOUDFRONT, REGIONAL } from '../services/waf/facts';

/** What a web firewall protects. */
export class WebFirewallScope {
  /** Load balancers and other resources of one region. */
  public static readonly REGIONAL = new WebFirewallScope(REGIONAL);

  /** CloudFront distributions, from a stack in us-east-1. */
  public static readonly CLOUDFRONT = new WebFirewallScope(CLOUDFRONT);

  /**
   * What WAF says of it.
   *
   * @internal
   */
  public readonly _facts: Scope;

  private constructor(facts: Scope) {
    this._facts = facts;
  }

  /** Its name, as WAF writes it. */
  public toString(): string {
    return this._facts.name;
  }
}
