import { type SandboxOptions, type SandboxPanel, startSandboxPanel } from '../sandbox/panel.mts';

/**
 * A sandbox panel for the tests of a file, or of the `describe` it is called in: it is started before them, forgets
 * everything before each of them, and is closed after the last.
 */
export function panelForTests(options: SandboxOptions = {}): SandboxPanel {
	let started: SandboxPanel | undefined;
	beforeAll(async () => {
		started = await startSandboxPanel(options);
	});
	beforeEach(() => started?.reset());
	afterAll(async () => await started?.close());
	// The tests are written down before the panel has an address.
	return new Proxy({} as SandboxPanel, {
		get: (_none, name) => Reflect.get(running(started), name) as unknown,
		set: (_none, name, value) => Reflect.set(running(started), name, value),
		ownKeys: () => Reflect.ownKeys(running(started)),
		getOwnPropertyDescriptor: (_none, name) => ({
			...Reflect.getOwnPropertyDescriptor(running(started), name),
			configurable: true,
		}),
	});
}

function running(panel: SandboxPanel | undefined): SandboxPanel {
	if (panel) return panel;
	throw new Error('The panel runs only while tests do: use it within a test or a hook');
}
