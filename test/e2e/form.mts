import { setTimeout as pause } from 'node:timers/promises';

import type { N8n } from '../host/n8n.mts';

/** An n8n form as a person fills it in, page by page. */
export class Form {
	#address: string;
	#page = '';

	private constructor(address: string) {
		this.#address = address;
	}

	static async open({ url }: N8n, path: string): Promise<Form> {
		const form = new Form(`${url}/form/${path}`);
		await form.#look();
		return form;
	}

	/** Fills in the fields in their order, sends the page and resolves with the next one. */
	async submit(answers: Record<string, string>): Promise<string> {
		const body = new FormData();
		Object.values(answers).forEach((value, position) => body.set(`field-${position}`, value));
		const response = await fetch(this.#address, { method: 'POST', body });
		const { formWaitingUrl } = (await response.json()) as { formWaitingUrl?: string };
		this.#address = formWaitingUrl ?? this.#address;
		return await this.#look();
	}

	/** The page that is there now; n8n leaves a request unanswered that comes while it still works. */
	async #look(): Promise<string> {
		const before = this.#page;
		for (let tries = 0; tries < 30 && this.#page === before; tries++) {
			await pause(300);
			try {
				const response = await fetch(this.#address, { signal: AbortSignal.timeout(1000) });
				if (response.ok) this.#page = await response.text();
			} catch {
				// Once more.
			}
		}
		return this.#page;
	}
}
