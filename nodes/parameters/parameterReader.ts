import type { IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';

/** `{{ $json.order }}`, `{{ $json['Order ID'] }}`, `{{ $json.row.order }}` and nothing around it. */
const fieldExpression = /^=\{\{\s*\$json((?:\.[A-Za-z_]\w*|\['[^'\\]+'\]|\["[^"\\]+"\])+)\s*\}\}$/;
const fieldNames = /\.(\w+)|\[["'](.+?)["']\]/g;

/**
 * A function that gives the value of a parameter for each input item.
 *
 * n8n works out a parameter anew for each item, and an expression takes it about a millisecond: for thousands of
 * items far longer than all calls of the panel. So what is no expression is read once, and an expression that only
 * names a field is looked up in the item. All else is left to n8n.
 */
export function parameterReader(
	node: IExecuteFunctions,
	name: string,
	fallback?: NodeParameterValueType,
): (itemIndex: number) => unknown {
	const read = (itemIndex: number): unknown => node.getNodeParameter(name, itemIndex, fallback);
	const written: unknown = node.getNodeParameter(name, 0, fallback, { rawExpressions: true });
	if (typeof written === 'object') return read;
	if (typeof written !== 'string' || !written.startsWith('=')) {
		const value = read(0);
		return () => value;
	}
	const path = fieldExpression.exec(written)?.[1];
	if (path === undefined) return read;
	const names = [...path.matchAll(fieldNames)].map(([, word, quoted]) => word ?? quoted ?? '');
	const items = node.getInputData();
	return (itemIndex) => {
		const value = valueAt(items[itemIndex]?.json, names);
		return typeof value === 'string' || typeof value === 'number' ? value : read(itemIndex);
	};
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
