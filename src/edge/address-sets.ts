import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { admit, claim } from '../assurance/claims';
import { ADDRESSES_AT_DEPLOYMENT } from '../services/waf/facts';
import type { AddressList, AddressStatements } from '../services/waf/settings';
import { WAF_FEW_SPARED } from '../services/waf/touch-controls';

/** IP sets by list and IP version, as statements that match them. There is no statement of an empty list. */
export class AddressSets extends Construct {
  public readonly statements: AddressStatements;

  constructor(scope: Construct, id: string, webAclScope: string, lists: AddressList[]) {
    super(scope, id);
    const [allowed, denied] = lists.map(list => this.statement(list, webAclScope));
    this.statements = { allowed, denied };
  }

  private statement({ id, sets }: AddressList, scope: string): wafv2.CfnWebACL.StatementProperty | undefined {
    const statements = sets.map(({ description, ipAddressVersion, addresses }) => {
      const set = new wafv2.CfnIPSet(this, `${id}${ipAddressVersion}`, { description, scope, ipAddressVersion, addresses });
      if (id === 'Allowed') { guard(set, addresses); }
      return { ipSetReferenceStatement: { arn: set.attrArn } };
    });
    return statements.length > 1 ? { orStatement: { statements } } : statements[0];
  }
}

/** Claims that few addresses are passed over. */
function guard(set: wafv2.CfnIPSet, addresses: string[]): void {
  if (Token.isUnresolved(addresses) || addresses.some(a => Token.isUnresolved(a))) { admit(set, ADDRESSES_AT_DEPLOYMENT); }
  claim(set, WAF_FEW_SPARED);
}
