const { mkdir, readFile, readdir, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const esbuild = require('esbuild');
const gulp = require('gulp');

const {
	n8n: { nodes },
} = require('./package.json');

const dist = path.join(__dirname, 'dist');

/** Checks the icons and writes them, optimised, beside the compiled nodes. */
async function icons() {
	const { optimize } = await import('svgo');
	const folder = path.join(__dirname, 'icons');
	const names = (await readdir(folder)).filter((name) => name.endsWith('.svg'));
	for (const name of names) {
		const source = await readFile(path.join(folder, name), 'utf8');
		assertIcon(name, source, names);
		const { data } = optimize(source, { path: name, multipass: true });
		await mkdir(path.join(dist, 'icons'), { recursive: true });
		await writeFile(path.join(dist, 'icons', name), data);
	}
}

function assertIcon(name, source, names) {
	const [, , width, height] = /viewBox="([\d.-]+ ){2}([\d.]+) ([\d.]+)"/.exec(source) ?? [];
	if (!width || width !== height) throw new Error(`${name} has no square viewBox`);
	if (/<(script|image|foreignObject)|href=|url\(http/i.test(source)) {
		throw new Error(`${name} refers to something outside itself`);
	}
	const twin = name.endsWith('.dark.svg')
		? name.replace('.dark', '')
		: name.replace('.svg', '.dark.svg');
	if (!names.includes(twin)) throw new Error(`${name} has no ${twin} for the other theme`);
}

/**
 * Writes n8n's output schema files from the zod schemas that read the answers, so that the editor shows the fields
 * of an operation before it first ran. The schemas are loaded on zod 4, which can tell its own shape.
 */
async function outputSchemas() {
	const zod = require('zod-4');
	const loadable = path.join(dist, 'outputSchemas.js');
	await bundled({
		entryPoints: [path.join(__dirname, 'nodes', 'SmmPanel', 'outputSchemas.ts')],
		outfile: loadable,
		alias: { zod: 'zod-4' },
	});
	const schemas = require(loadable).outputSchemas;
	await rm(loadable);
	for (const [file, schema] of Object.entries(schemas)) {
		const shape = { ...editorShape(zod.toJSONSchema(schema, { io: 'output' })), version: 1 };
		const target = path.join(dist, 'nodes', file);
		await mkdir(path.dirname(target), { recursive: true });
		await writeFile(target, `${JSON.stringify(shape, null, '\t')}\n`);
	}
}

/** The part of a JSON schema that n8n's editor reads: fields, each with one type. */
function editorShape({ type, properties, items, const: value, anyOf }) {
	if (anyOf) return editorShape(anyOf.find((option) => option.type !== 'null'));
	const [oneType] = [type ?? typeof value].flat().filter((name) => name !== 'null');
	if (oneType === 'array') return { type: oneType, items: editorShape(items) };
	if (oneType !== 'object') return { type: oneType };
	const fields = Object.entries(properties ?? {}).map(([name, field]) => [
		name,
		editorShape(field),
	]);
	return { type: oneType, properties: Object.fromEntries(fields) };
}

/**
 * Puts the code of all nodes into one file in the place of the compiled ones, for n8n loads every community node when
 * it starts, and finding a hundred small files takes longer than running them. Where n8n looks for a node, a line
 * leads to that file.
 */
async function oneFile() {
	const compiled = await readdir(path.join(dist, 'nodes'), { recursive: true });
	for (const file of compiled.filter((name) => name.endsWith('.js'))) {
		await rm(path.join(dist, 'nodes', file));
	}
	const sources = nodes.map((file) => `./${path.relative('dist', file).replace(/\.js$/, '')}`);
	await bundled({
		stdin: {
			contents: sources.map((source) => `export * from '${source}';`).join('\n'),
			resolveDir: __dirname,
			sourcefile: 'nodes.js',
		},
		outfile: path.join(dist, 'nodes', 'nodes.js'),
	});
	for (const file of nodes) {
		await writeFile(path.join(__dirname, file), "module.exports = require('../nodes.js');\n");
	}
}

/** Writes one file of our own code; what it uses of other packages stays theirs. */
async function bundled(what) {
	await esbuild.build({
		...what,
		bundle: true,
		packages: 'external',
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		banner: { js: "'use strict';" },
		logLevel: 'warning',
	});
}

exports.icons = icons;
exports.outputSchemas = outputSchemas;
exports.oneFile = oneFile;
exports.default = gulp.parallel(icons, outputSchemas, oneFile);
