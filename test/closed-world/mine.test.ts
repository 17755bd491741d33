import { COMPUTE } from './compute';
import { EDGE } from './edge';
import { LOAD_BALANCERS } from './generated/load-balancers';
import { SERVICES, TASKS } from './generated/tasks';
import { generate } from './generated/kind';
import { Case, idOf, judge } from './harness';
import { LEGITIMATE } from './legitimate';
import { SECOND_STACK } from './second-stack';
jest.setTimeout(600000);
const pick = process.env.PICK ?? '.';
const ALL: Record<string, () => Case[]> = {
  mine: () => [...EDGE, ...COMPUTE, ...SECOND_STACK.filter(c => /listener|web ACL|service runs/.test(c.name))],
  legit: () => LEGITIMATE.filter(c => /service|target|host|scal|dashboard|tag|function|worker|Reader|reads/.test(c.name)),
  generated: () => generate([...LOAD_BALANCERS, ...TASKS, ...SERVICES]),
};
test('x', () => {
  const lines: string[] = [];
  for (const c of ALL[process.env.SET!]().filter(x => new RegExp(pick).test(idOf(x)))) {
    const o = judge(c.change);
    lines.push(`${o.result.padEnd(8)} ${idOf(c)} ${o.controls.join(',')}${o.result === 'invalid' || process.env.FULL ? `\n      ${o.message.slice(0, 1500)}` : ''}`);
    require('fs').writeFileSync(`/tmp/w-edge/${process.env.SET}.txt`, lines.join('\n') + '\n');
  }
});
