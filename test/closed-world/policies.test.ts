import { BUCKET_POLICY } from './bucket-policy';
import { BUCKET_SETTINGS } from './bucket-settings';
import { hold } from './hold';
import { KEY_POLICY } from './key-policy';
import { MISSED } from './ledger';
import { TOPIC } from './topic';

hold(MISSED, [...KEY_POLICY, ...BUCKET_POLICY, ...BUCKET_SETTINGS, ...TOPIC]);
