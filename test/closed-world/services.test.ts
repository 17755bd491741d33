import { AUDIT } from './audit';
import { DATA } from './data';
import { DETECTION } from './detection';
import { hold } from './hold';
import { MISSED } from './ledger';
import { RECOVERY } from './recovery';
import { SECOND_STACK } from './second-stack';

hold(MISSED, [...DATA, ...AUDIT, ...DETECTION, ...RECOVERY, ...SECOND_STACK]);
