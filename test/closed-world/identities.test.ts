import { ALLOW_WIDENED } from './allow-widened';
import { DENY_WEAKENED } from './deny-weakened';
import { hold } from './hold';
import { IAM } from './iam';
import { MISSED } from './ledger';
import { NEW_RESOURCE } from './new-resource';
import { TRUST } from './trust';

hold(MISSED, [...IAM, ...TRUST, ...DENY_WEAKENED, ...ALLOW_WIDENED, ...NEW_RESOURCE]);
