import type { N8nClient } from '../host/client.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n, N8nOptions } from '../host/n8n.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { Fault, SandboxPanel } from '../sandbox/panel.mts';

/** A panel, and an n8n that knows its account as the examples name it. */
export interface ExampleScene {
	panel: SandboxPanel;
	n8n: N8n;
	client: N8nClient;
}

export async function openScene(
	name: string,
	environment: N8nOptions['environment'] = {},
): Promise<ExampleScene> {
	const panel = await startSandboxPanel({ latencyMs: 50, balance: 1000 });
	const n8n = await startN8n({ name, environment });
	const { url, apiKey } = panel;
	await n8n.client.createCredential({
		name: 'Sandbox panel',
		type: 'smmPanelApi',
		data: { url, apiKey },
	});
	return { panel, n8n, client: n8n.client };
}

export async function closeScene(scene?: ExampleScene): Promise<void> {
	await scene?.n8n.stop();
	await scene?.panel.close();
}

const isFor =
	(link: string): Fault['when'] =>
	(form) =>
		form.link === link;

/** The panel refuses the order for this link; the next time it takes it. */
export function refusing(link: string, error = 'Not enough funds on balance'): Fault {
	return { on: 'add', when: isFor(link), does: { kind: 'refuse', error } };
}

/** The panel takes the order for this link, and the connection breaks before it says so. */
export function losing(link: string): Fault {
	return { on: 'add', when: isFor(link), does: { kind: 'dropAfter' } };
}

/** The links that were ordered, each as often as it was. */
export function orderedLinks(...panels: SandboxPanel[]): string[] {
	return panels.flatMap(({ orders }) => [...orders.values()]).map(({ link }) => link);
}
