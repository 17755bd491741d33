import { hold } from './hold';
import { REFUSED } from './ledger';
import { LEGITIMATE } from './legitimate';

hold(REFUSED, LEGITIMATE);
