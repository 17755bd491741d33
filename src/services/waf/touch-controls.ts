// What others may add to a web firewall: rules, addresses that are passed over, and what its logs leave out.
import { ADDRESSES_AT_DEPLOYMENT } from './facts';
import { isWayPast, rulesOf } from './rendered';
import { areMost, isPrivate, parseBlock } from '../../core/addresses';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { isAdmitted } from '../../core/ours';
import { at, isGiven, isList, isOneOf, list } from '../../core/values';

export const WAF_NO_WAY_PAST: Control = {
  id: 'WAF-07d',
  title: 'no rule, and no rule of a group, allows a request past the rules that follow',
  prevents: 'a header, a path or a country that opens the way past the firewall',
  kind: 'floor',
  types: ['AWS::WAFv2::WebACL'],
  property: 'Rules',
  mend: "allow nothing: what no rule blocks gets through by the default action; spare addresses by 'allowedCidrs', "
    + 'and let rules of your own, and groups of rules of this app, block',
  nist: ['SC-7(5)'],
  pci: ['6.4.2'],
  holds: (r, t) => rulesOf(r).length > 0 && !rulesOf(r).some(rule => isWayPast(rule, t)),
};

export const WAF_LETS_IN: Control = {
  id: 'WAF-09b',
  title: 'requests that no rule blocks get through',
  prevents: 'an application that is down because the default of its firewall was turned round',
  kind: 'default',
  types: ['AWS::WAFv2::WebACL'],
  property: 'DefaultAction',
  mend: "keep the default action, and refuse addresses by 'deniedCidrs'",
  nist: ['SC-5'],
  holds: r => isGiven(at(r.properties.DefaultAction, 'Allow')) && !isGiven(at(r.properties.DefaultAction, 'Block')),
};

/** Fields of a request that may be left out of the logs. */
const SECRET_FIELDS = ['SingleHeader', 'QueryString'];

/** Headers without which nobody understands an attack. */
const NEEDED_HEADERS = ['host', 'user-agent', 'x-forwarded-for'];

export const WAF_WHOLE_RECORDS: Control = {
  id: 'WAF-12',
  title: 'the logs keep the method, the path and the headers that tell an attack',
  prevents: 'logs of which nobody sees what was attacked',
  kind: 'default',
  types: ['AWS::WAFv2::LoggingConfiguration'],
  property: 'RedactedFields',
  mend: 'redact headers with credentials, and the query string if it has some, and nothing else',
  nist: NIST.logging,
  pci: ['10.2.2'],
  holds: r => isList(r.properties.RedactedFields) && list(r.properties.RedactedFields).every(field => {
    const header = at(field, 'SingleHeader', 'Name');
    const isNeeded = typeof header === 'string' && isOneOf(header.toLowerCase(), ...NEEDED_HEADERS);
    return SECRET_FIELDS.some(name => isGiven(at(field, name))) && !isNeeded;
  }),
};

export const WAF_FEW_SPARED: Control = {
  id: 'WAF-13',
  title: 'the addresses that the rate limit and the reputation list pass over are few, and known',
  prevents: 'a firewall that spares everybody',
  kind: 'default',
  types: ['AWS::WAFv2::IPSet'],
  property: 'Addresses',
  mend: "name the addresses of your health checkers and offices in 'allowedCidrs'",
  nist: ['SC-5', 'SC-7'],
  holds: r => {
    const addresses = list(r.properties.Addresses);
    const known = addresses.filter(a => typeof a === 'string');
    const blocks = known.map(parseBlock).filter(block => block !== undefined).filter(block => !isPrivate(block));
    return addresses.length > 0 && !areMost(blocks) && (known.length === addresses.length || isAdmitted(ADDRESSES_AT_DEPLOYMENT, r));
  },
};
