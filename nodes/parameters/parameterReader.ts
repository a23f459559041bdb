import type { IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';

/** `{{ $json.order }}`, `{{ $json['Order ID'] }}`, `{{ $json.row.order }}` and nothing around it. */
const fieldExpression = /^=\{\{\s*\$json((?:\.[A-Za-z_]\w*|\['[^'\\]+'\]|\["[^"\\]+"\])+)\s*\}\}$/;
const fieldNames = /\.(\w+)|\[["'](.+?)["']\]/g;

/**
 * A function that gives the value of a parameter for each input item.
 *
 * n8n evaluates a parameter again for each item, and an expression takes about a millisecond: for thousands of items
 * that is far longer than all calls of the panel. So a parameter without an expression is read once, and an expression
 * that only names a field is looked up in the item. All else is left to n8n.
 */
export function parameterReader(
	node: IExecuteFunctions,
	name: string,
	fallback?: NodeParameterValueType,
	{ extractValue = false } = {},
): (itemIndex: number) => unknown {
	const read = (itemIndex: number): unknown =>
		node.getNodeParameter(name, itemIndex, fallback, { extractValue });
	const written = writtenParameter(node, name, fallback);
	if (!holdsExpression(written)) {
		const value = read(0);
		return () => value;
	}
	if (typeof written !== 'string') return read;
	const path = fieldExpression.exec(written)?.[1];
	if (path === undefined) return read;
	const names = [...path.matchAll(fieldNames)].map(([, word, quoted]) => word ?? quoted ?? '');
	const items = node.getInputData();
	return (itemIndex) => {
		const value = valueAt(items[itemIndex]?.json, names);
		return typeof value === 'string' || typeof value === 'number' ? value : read(itemIndex);
	};
}

/** A parameter as it is written in the editor. */
export function writtenParameter(
	node: IExecuteFunctions,
	name: string,
	fallback?: NodeParameterValueType,
): unknown {
	return node.getNodeParameter(name, 0, fallback, { rawExpressions: true });
}

/** Whether a parameter, or anything in it, has to be worked out for each item. */
export function holdsExpression(written: unknown): boolean {
	if (typeof written === 'string') return written.startsWith('=');
	if (typeof written !== 'object' || written === null) return false;
	return Object.values(written).some(holdsExpression);
}

function valueAt(root: unknown, names: readonly string[]): unknown {
	return names.reduce<unknown>(
		(value, name) =>
			typeof value === 'object' && value !== null && Object.hasOwn(value, name)
				? (value as Record<string, unknown>)[name]
				: undefined,
		root,
	);
}
