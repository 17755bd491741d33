import { idOf, judge } from './harness';
import { WEAKENINGS } from './all';
import { LEGITIMATE } from './legitimate';
import { GENERATED, KINDS } from './generated/weakenings';
import { GENERATED_LEGITIMATE } from './generated/legitimate';
process.env.CDK_VALIDATION = 'false';
const f = process.argv[2];
console.log(KINDS.length, GENERATED.length, GENERATED_LEGITIMATE.length);
for (const c of [...WEAKENINGS, ...LEGITIMATE, ...GENERATED, ...GENERATED_LEGITIMATE].filter(x => !f || x.group.startsWith(f))) { const o = judge(c.change); console.log(o.result.padEnd(8), idOf(c), o.controls.join(','), o.result==='invalid' || (o.result==='noticed'&&!o.message.startsWith('the synth')) ? o.message.slice(0,300):''); }
