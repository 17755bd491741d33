import { AddressSets } from '../../src/edge/address-sets';
import { addressLists } from '../../src/services/waf/settings';
import { newStack, render } from '../support/prove';

const AT = { node: { path: 'Test' } };

test('makes nothing of empty lists', () => {
  const stack = newStack();
  const sets = new AddressSets(stack, 'Sets', 'REGIONAL', addressLists(AT, {}));
  expect(sets.statements).toEqual({ allowed: undefined, denied: undefined });
  expect(stack.node.findAll()).toHaveLength(2);
});

test('makes one statement of one IP version and an OR of two', () => {
  const stack = newStack();
  const { statements } = new AddressSets(stack, 'Sets', 'REGIONAL', addressLists(AT, {
    allowedCidrs: ['10.0.0.0/8'], deniedCidrs: ['192.0.2.0/24', '2001:db8::/32'],
  }));
  expect(statements.allowed).toHaveProperty('ipSetReferenceStatement');
  expect((statements.denied as any).orStatement.statements).toHaveLength(2);
});

test('sorts the addresses, so that their order makes no change', () => {
  const addresses = (allowedCidrs: string[]) => {
    const stack = newStack();
    new AddressSets(stack, 'Sets', 'REGIONAL', addressLists(AT, { allowedCidrs }));
    return render(stack).resourcesOf('AWS::WAFv2::IPSet')[0].properties.Addresses;
  };
  expect(addresses(['192.0.2.0/24', '10.0.0.0/8'])).toEqual(addresses(['10.0.0.0/8', '192.0.2.0/24']));
});
