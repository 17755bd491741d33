import * as fs from 'fs';
import * as path from 'path';
import type { Project } from 'projen';
import { SourceCode } from 'projen';

const SERVICES = 'src/services';

/** The files that hold controls, by the folder and name that they have under `src/services`, without `.ts`, in the order of these. */
export function familiesIn(root: string): string[] {
  return fs.readdirSync(path.join(root, SERVICES), { recursive: true, encoding: 'utf8' }).map(f => f.split(path.sep).join('/'))
    .filter(f => /^[^/]+\/([^/]+-)?controls\.ts$/.test(f)).map(f => f.replace(/\.ts$/, '')).sort();
}

/** `ec2/security-group-controls` as a name: `ec2SecurityGroupControls`. */
function nameOf(family: string): string {
  return family.replace(/[/-](.)/g, (_, letter) => letter.toUpperCase());
}

/** Writes `src/assurance/families.ts`, which imports every file of controls, so that nobody has to keep the list. */
export function writeFamilies(project: Project): void {
  const families = familiesIn(project.outdir);
  const file = new SourceCode(project, 'src/assurance/families.ts', { readonly: true });
  file.line(`// ${file.marker}`);
  file.line('// Every family of controls: one for each file of controls in the rooms of the services.');
  file.line("import type { Control } from '../core/control';");
  for (const family of families) { file.line(`import * as ${nameOf(family)} from '../services/${family}';`); }
  file.line('');
  file.line('/** What each of these files exports: controls, or lists of them. */');
  file.open('export const FAMILIES: Record<string, Record<string, Control | readonly Control[]>> = {');
  for (const family of families) { file.line(`'${family}': ${nameOf(family)},`); }
  file.close('};');
}
