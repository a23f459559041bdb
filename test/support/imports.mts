import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** What one file of the package uses of other files or packages. */
export interface SourceFile {
	/** From the folder of the package, with slashes: `nodes/json.ts`. */
	file: string;
	/** Other files in the same form, and packages by their name, types included. Each once. */
	uses: string[];
	/** The names behind `new`, each as often as it stands there. */
	makes: string[];
	lines: number;
}

/** Every TypeScript file in `folder` and below, as TypeScript's own parser reads it. */
export function sourceFilesIn(folder: string): SourceFile[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
		.sort()
		.map((file) => readSource(file, readFileSync(file, 'utf8')));
}

/** The same of one text, as if it stood in `file`. */
export function readSource(file: string, text: string): SourceFile {
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
	const uses = new Set<string>();
	const makes: string[] = [];
	const note = (specifier: ts.Node | undefined) => {
		if (specifier && ts.isStringLiteralLike(specifier)) uses.add(resolved(file, specifier.text));
	};
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) note(node.moduleSpecifier);
		if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
			note(node.argument.literal);
		if (ts.isExternalModuleReference(node)) note(node.expression);
		if (ts.isCallExpression(node)) {
			const called = node.expression;
			const isImport =
				called.kind === ts.SyntaxKind.ImportKeyword ||
				(ts.isIdentifier(called) && called.text === 'require');
			if (isImport) note(node.arguments[0]);
		}
		if (ts.isNewExpression(node) && ts.isIdentifier(node.expression))
			makes.push(node.expression.text);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return { file, uses: [...uses], makes, lines: text.trimEnd().split('\n').length };
}

/** The file behind a relative import; a package by its name. */
function resolved(file: string, specifier: string): string {
	if (!specifier.startsWith('.')) return specifier;
	const target = path.posix.join(path.posix.dirname(file), specifier);
	return (
		[target, `${target}.ts`, `${target}/index.ts`].find(
			(name) => /\.\w+$/.test(name) && existsSync(name),
		) ?? target
	);
}

/** Files that use each other in a circle; none if there is no circle. */
export function circlesIn(files: readonly SourceFile[]): string[][] {
	const usesOf = new Map(files.map(({ file, uses }) => [file, uses]));
	const circles: string[][] = [];
	const done = new Set<string>();
	const visit = (file: string, way: readonly string[]): void => {
		const start = way.indexOf(file);
		if (start >= 0) circles.push([...way.slice(start), file]);
		if (start >= 0 || done.has(file)) return;
		for (const used of usesOf.get(file) ?? []) visit(used, [...way, file]);
		done.add(file);
	};
	for (const { file } of files) visit(file, []);
	return circles;
}
