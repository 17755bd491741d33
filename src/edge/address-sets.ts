import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { overlap, parseBlock } from '../core/addresses';
import { fail } from '../core/validate';

/** The blocks that a web firewall treats in a way of their own. */
export interface AddressSetsOptions {
  readonly scope: string;
  readonly allowed: string[];
  readonly denied: string[];
}

/** IP sets by list and IP version, as statements that match them. Undefined where a list is empty. */
export class AddressSets extends Construct {
  public readonly allowed?: wafv2.CfnWebACL.StatementProperty;
  public readonly denied?: wafv2.CfnWebACL.StatementProperty;

  constructor(scope: Construct, id: string, options: AddressSetsOptions) {
    super(scope, id);
    this.check('allowedCidrs', options.allowed);
    this.check('deniedCidrs', options.denied);
    for (const denied of options.denied.filter(c => !Token.isUnresolved(c))) {
      const allowed = options.allowed.find(c => overlaps(c, denied));
      if (allowed !== undefined) {
        fail(this.node.scope!, `'deniedCidrs' has '${denied}', which overlaps '${allowed}' of 'allowedCidrs': take the common addresses out of one of them`);
      }
    }
    this.allowed = this.statement('Allowed', 'Passed over by the rate limit and the reputation list', options.scope, options.allowed);
    this.denied = this.statement('Denied', 'Refused', options.scope, options.denied);
  }

  private check(prop: string, cidrs: string[]): void {
    if (Token.isUnresolved(cidrs)) { return; }
    cidrs.forEach((cidr, i) => {
      if (Token.isUnresolved(cidr)) { return; }
      const range = parseBlock(cidr);
      if (!range || range.prefix === 0) {
        fail(this.node.scope!, `'${prop}' has '${cidr}': give an IPv4 or IPv6 block as ADDRESS/PREFIX, from /1, whose address has no bits beyond the prefix`);
      }
      const other = cidrs.slice(0, i).find(c => overlaps(c, cidr));
      if (other !== undefined) {
        fail(this.node.scope!, `'${prop}' has '${cidr}', which overlaps '${other}': name each address once`);
      }
    });
  }

  private statement(id: string, description: string, scope: string, cidrs: string[]): wafv2.CfnWebACL.StatementProperty | undefined {
    const isV6 = (cidr: string) => !Token.isUnresolved(cidr) && cidr.includes(':');
    const lists = Token.isUnresolved(cidrs) ? [{ version: 'IPV4', addresses: cidrs }] : [
      { version: 'IPV4', addresses: [...cidrs.filter(c => !isV6(c) && !Token.isUnresolved(c)).sort(), ...cidrs.filter(c => Token.isUnresolved(c))] },
      { version: 'IPV6', addresses: cidrs.filter(isV6).sort() },
    ];
    const statements = lists.filter(l => l.addresses.length > 0).map(({ version, addresses }) => {
      const set = new wafv2.CfnIPSet(this, `${id}${version}`, { description, scope, ipAddressVersion: version, addresses });
      return { ipSetReferenceStatement: { arn: set.attrArn } };
    });
    return statements.length > 1 ? { orStatement: { statements } } : statements[0];
  }
}

function overlaps(a: string, b: string): boolean {
  if (Token.isUnresolved(a) || Token.isUnresolved(b)) { return false; }
  const [left, right] = [parseBlock(a), parseBlock(b)];
  return left !== undefined && right !== undefined && overlap(left, right);
}
