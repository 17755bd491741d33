import { AddressSets } from '../../src/edge/address-sets';
import { newStack, render } from '../support/prove';

test('makes nothing of empty lists', () => {
  const stack = newStack();
  const sets = new AddressSets(stack, 'Sets', { scope: 'REGIONAL', allowed: [], denied: [] });
  expect([sets.allowed, sets.denied]).toEqual([undefined, undefined]);
  expect(stack.node.findAll()).toHaveLength(2);
});

test('makes one statement of one IP version and an OR of two', () => {
  const stack = newStack();
  const sets = new AddressSets(stack, 'Sets', { scope: 'REGIONAL', allowed: ['10.0.0.0/8'], denied: ['192.0.2.0/24', '2001:db8::/32'] });
  expect(sets.allowed).toHaveProperty('ipSetReferenceStatement');
  expect((sets.denied as any).orStatement.statements).toHaveLength(2);
});

test('sorts the addresses, so that their order makes no change', () => {
  const addresses = (allowed: string[]) => {
    const stack = newStack();
    new AddressSets(stack, 'Sets', { scope: 'REGIONAL', allowed, denied: [] });
    return render(stack).resourcesOf('AWS::WAFv2::IPSet')[0].properties.Addresses;
  };
  expect(addresses(['192.0.2.0/24', '10.0.0.0/8'])).toEqual(addresses(['10.0.0.0/8', '192.0.2.0/24']));
});
