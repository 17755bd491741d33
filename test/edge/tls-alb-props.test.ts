import * as fs from 'fs';
import * as path from 'path';
import { httpsListener } from '../../src/services/elb/listener-settings';
import { exposure, loadBalancer } from '../../src/services/elb/settings';

const text = fs.readFileSync(path.join(__dirname, '..', '..', 'src', 'edge', 'tls-alb-props.ts'), 'utf8');

/** What the documentation of a prop says of its default. */
function documented(prop: string): string | undefined {
  return new RegExp(`@default (.*)\\n\\s+\\*/\\n\\s+readonly ${prop}\\?`).exec(text)?.[1];
}

test('the documented defaults are those of the settings', () => {
  const { listenerAttributes } = httpsListener({ certificateArn: 'arn' });
  const { loadBalancerAttributes } = loadBalancer({ internetFacing: false, disposable: false, logs: { bucket: 'b', folder: 'f' } });
  const value = (list: { key: string; value: string }[], end: string) => list.find(a => a.key.endsWith(end))!.value;
  expect(documented('contentSecurityPolicy')).toBe(`"${value(listenerAttributes, 'content_security_policy.header_value')}"`);
  expect(documented('frameOptions')).toBe(`FrameOptions.${value(listenerAttributes, 'x_frame_options.header_value')}`);
  expect(documented('desyncMitigationMode')).toBe(`DesyncMitigationMode.${value(loadBalancerAttributes, 'desync_mitigation_mode').toUpperCase()}`);
  expect(documented('preserveHostHeader')).toBe(value(loadBalancerAttributes, 'preserve_host_header.enabled'));
  expect(documented('internetFacing')).toBe(String(exposure({ node: { path: '' } }, {}).internetFacing));
  expect(documented('sslPolicy')).toBe('AlbTlsPolicy.TLS13_12_RES_PQ');
});
