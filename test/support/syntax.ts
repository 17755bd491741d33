// The syntax trees of src, for tests about how the code is written.
import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';

const SRC = path.join(__dirname, '..', '..', 'src');

/** Every source file, relative to src. */
export const FILES = fs.readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(f => f.endsWith('.ts')).map(f => f.split(path.sep).join('/')).sort();

export function textOf(file: string): string {
  return fs.readFileSync(path.join(SRC, file), 'utf8');
}

export function parse(text: string, file = 'file.ts'): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

export function visit(node: ts.Node, on: (node: ts.Node) => void): void {
  on(node);
  node.forEachChild(child => visit(child, on));
}

export function lineOf(node: ts.Node): number {
  const source = node.getSourceFile();
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}

/** Names that a file takes from the CDK: namespaces (`s3`) and single names (`Duration`). */
function cdkNames(source: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !(statement.moduleSpecifier as ts.StringLiteral).text.startsWith('aws-cdk-lib')) { continue; }
    const bindings = statement.importClause?.namedBindings;
    if (bindings && ts.isNamespaceImport(bindings)) { names.add(bindings.name.text); }
    if (bindings && ts.isNamedImports(bindings)) { bindings.elements.forEach(e => names.add(e.name.text)); }
  }
  return names;
}

/** The name at the root of `a.b.c`. */
function rootOf(node: ts.Expression): string | undefined {
  return ts.isPropertyAccessExpression(node) ? rootOf(node.expression) : ts.isIdentifier(node) ? node.text : undefined;
}

/** What may be text in the props of a resource: what is for people, and what is for other code of ours. */
const FOR_PEOPLE = new Set(['description', 'sid', 'comment', 'roleDescription', 'alarmDescription']);

/**
 * Values that are written out where a resource of the CDK is made or set: they belong into the settings of a service's room.
 * Each as `line: what`.
 */
export function writtenOut(text: string, file?: string): string[] {
  const source = parse(text, file);
  const cdk = cdkNames(source);
  const found: string[] = [];
  const isCdk = (node: ts.Expression) => cdk.has(rootOf(node) ?? '');
  const isValue = (node: ts.Expression): boolean => {
    if (ts.isAsExpression(node) || ts.isParenthesizedExpression(node)) { return isValue(node.expression); }
    if (ts.isPrefixUnaryExpression(node)) { return isValue(node.operand) && !ts.isIdentifier(node.operand); }
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isNumericLiteral(node)) { return true; }
    if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) { return true; }
    // an enum member, or a value of an enum-like class; a type's static name of itself says nothing
    if (ts.isPropertyAccessExpression(node)) {
      return isCdk(node) && /^[A-Z0-9_]+$/.test(node.name.text) && node.name.text !== 'CFN_RESOURCE_TYPE_NAME' && rootOf(node) !== 'Aws';
    }
    if (ts.isCallExpression(node)) { return isCdk(node.expression) && rootOf(node.expression) === 'Duration' && node.arguments.every(isValue); }
    if (ts.isConditionalExpression(node)) { return isValue(node.whenTrue) || isValue(node.whenFalse); }
    if (ts.isArrayLiteralExpression(node)) { return node.elements.some(isValue); }
    return false;
  };
  const report = (node: ts.Node) => { found.push(`${lineOf(node)}: ${node.getText().slice(0, 80)}`); };
  const inProps = (node: ts.Expression): void => {
    if (ts.isObjectLiteralExpression(node)) {
      for (const p of node.properties) {
        if (ts.isPropertyAssignment(p) && !FOR_PEOPLE.has(p.name.getText())) { inValue(p, p.initializer); }
        if (ts.isSpreadAssignment(p)) { inProps(p.expression); }
      }
    } else if (ts.isArrayLiteralExpression(node)) {
      node.elements.forEach(inProps);
    } else if (ts.isConditionalExpression(node)) {
      inProps(node.whenTrue);
      inProps(node.whenFalse);
    } else if (ts.isBinaryExpression(node)) {
      inProps(node.right);
    } else if (ts.isParenthesizedExpression(node)) {
      inProps(node.expression);
    }
  };
  const inValue = (at: ts.Node, node: ts.Expression): void => {
    if (isValue(node)) { report(at); } else { inProps(node); }
  };
  const extendsCdk = (node: ts.Node): boolean => {
    for (let up: ts.Node | undefined = node; up; up = up.parent) {
      if (!ts.isClassDeclaration(up)) { continue; }
      return (up.heritageClauses ?? []).some(h => h.token === ts.SyntaxKind.ExtendsKeyword && h.types.some(t => isCdk(t.expression)));
    }
    return false;
  };
  visit(source, node => {
    if (ts.isNewExpression(node) && isCdk(node.expression)) {
      const args = node.arguments ?? [];
      args.filter(ts.isObjectLiteralExpression).forEach(inProps);
    }
    if (ts.isCallExpression(node)) {
      const callee = node.expression;
      const ofCdk = (callee.kind === ts.SyntaxKind.SuperKeyword && extendsCdk(node)) || (ts.isPropertyAccessExpression(callee) && isCdk(callee));
      if (ofCdk || (ts.isIdentifier(callee) && callee.text === 'harden')) { node.arguments.filter(ts.isObjectLiteralExpression).forEach(inProps); }
      if (ts.isPropertyAccessExpression(callee) && /^(setAttribute|addPropertyOverride|addOverride)$/.test(callee.name.text)) {
        node.arguments.slice(1).filter(isValue).forEach(report);
      }
    }
    if (ts.isBinaryExpression(node)) {
      const { left, right, operatorToken } = node;
      const ofOther = ts.isPropertyAccessExpression(left) && left.expression.kind !== ts.SyntaxKind.ThisKeyword;
      if (operatorToken.kind === ts.SyntaxKind.EqualsToken && ofOther) { inValue(node, right); }
      if ([ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.QuestionQuestionEqualsToken].includes(operatorToken.kind) && isValue(right)
        && !(ts.isArrayLiteralExpression(right) && right.elements.length === 0) && !(ts.isStringLiteral(right) && right.text === '')) { report(node); }
    }
  });
  return [...new Set(found)];
}

/** Functions, methods and constructors with the number of their lines. */
export function functionsOf(file: string): { readonly name: string; readonly lines: number }[] {
  const source = parse(textOf(file), file);
  const found: { name: string; lines: number }[] = [];
  visit(source, node => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) { return; }
    const start = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
    const end = source.getLineAndCharacterOfPosition(node.getEnd()).line;
    found.push({ name: `${file}:${start + 1}`, lines: end - start + 1 });
  });
  return found;
}

/** Lines that say `any` as a type, without a reason in a comment on the line. */
export function anysOf(file: string): string[] {
  const text = textOf(file);
  const lines = text.split('\n');
  const found: string[] = [];
  visit(parse(text, file), node => {
    if (node.kind !== ts.SyntaxKind.AnyKeyword) { return; }
    const line = lineOf(node);
    if (!/\/\/ \S/.test(lines[line - 1])) { found.push(`${file}:${line}`); }
  });
  return found;
}
