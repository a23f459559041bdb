const { mkdir, readFile, readdir, writeFile } = require('node:fs/promises');
const Module = require('node:module');
const path = require('node:path');
const gulp = require('gulp');

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
 * of an operation before it first ran. The compiled schemas are loaded on zod 4, which can tell its own shape.
 */
async function outputSchemas() {
	const zod = require('zod-4');
	const schemas = onZod4(() => require(path.join(dist, 'nodes', 'outputSchemas.js')).outputSchemas);
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

/** Loads with zod 4 in the place of zod for our own files; what n8n-workflow wants for itself stays. */
function onZod4(load) {
	const resolve = Module._resolveFilename;
	Module._resolveFilename = (request, parent, ...rest) => {
		const isOurs = parent?.filename?.startsWith(dist);
		return resolve(request === 'zod' && isOurs ? 'zod-4' : request, parent, ...rest);
	};
	try {
		return load();
	} finally {
		Module._resolveFilename = resolve;
	}
}

exports.icons = icons;
exports.outputSchemas = outputSchemas;
exports.default = gulp.parallel(icons, outputSchemas);
