import * as fs from 'fs';
import * as path from 'path';
import type { Control } from '../../src/core/control';

const ROOMS = path.join(__dirname, '../../src/services');

function filesUnder(folder: string, name: RegExp): string[] {
  return fs.readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(e => e.isFile() && name.test(e.name)).map(e => path.join(e.parentPath, e.name));
}

const proofs = filesUnder(__dirname, /\.test\.ts$/).map(f => fs.readFileSync(f, 'utf8')).filter(text => /prove(Predicate|Breaks)\(/.test(text)).join('\n');

/** Controls by the name of their constant. */
const controls = filesUnder(ROOMS, /controls\.ts$/).flatMap(file => Object.entries(jest.requireActual<Record<string, Partial<Control> | undefined>>(file)))
  .filter((entry): entry is [string, Control] => typeof entry[1]?.holds === 'function');

test('every control has a proof: what is right, what is wrong, and what is wrong where only the deployment decides', () => {
  expect(controls.length).toBeGreaterThan(200);
  expect(controls.filter(([name]) => !new RegExp(`\\b${name}\\b`).test(proofs)).map(([name]) => name)).toEqual([]);
});
