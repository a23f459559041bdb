import type { INodePropertyOptions } from 'n8n-workflow';

/** The rows of a States dropdown, such as "In Progress" for `inProgress`, sorted by name. */
export function stateOptions(states: readonly string[]): INodePropertyOptions[] {
	return states.map((value) => ({ name: titleOf(value), value })).sort(byName);
}

function titleOf(state: string): string {
	return state.replace(/^[a-z]/, (letter) => letter.toUpperCase()).replace(/(?=[A-Z])\B/g, ' ');
}

function byName(left: INodePropertyOptions, right: INodePropertyOptions): number {
	return left.name < right.name ? -1 : 1;
}
