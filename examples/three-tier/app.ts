import * as path from 'path';
import { after, before } from './apps';

const outdir = process.env.CDK_OUTDIR ?? path.join(__dirname, 'cdk.out');
before(path.join(outdir, 'before')).synth();
after(path.join(outdir, 'after')).synth();
