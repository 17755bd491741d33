import { COMPUTE } from './compute';
import { EDGE } from './edge';
import { hold } from './hold';
import { MISSED } from './ledger';
import { NETWORK } from './network';

hold(MISSED, [...NETWORK, ...EDGE, ...COMPUTE]);
