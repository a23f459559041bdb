import type { SandboxOrder, SandboxPanel } from '../sandbox/panel.mts';

/** The orders of a panel, sorted by their links: those that are on their way at once reach it in any order. */
export function ordersByLink(panel: SandboxPanel): SandboxOrder[] {
	return [...panel.orders.values()].sort((one, other) => (one.link < other.link ? -1 : 1));
}
