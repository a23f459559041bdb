import { N8nClient } from './client.mts';
import type { PublicationStatus, SavedWorkflow, Waiting } from './client.mts';
import type { Execution } from './execution.mts';
import { OWNER } from './owner.mts';
import { until } from '../support/until.mts';
import type { WorkflowJson } from './workflow.mts';

/** Does the same with n8n 1.x, where these differ: the owner, running, and activating at once. */
export class OlderN8nClient extends N8nClient {
	#hasOwner = false;

	/** The first time it makes the owner: n8n 1.x takes none from its environment. */
	override async tryLogin(): Promise<boolean> {
		try {
			if (!this.#hasOwner) {
				const { email, firstName, lastName, password } = OWNER;
				await this.request('POST', '/rest/owner/setup', { email, firstName, lastName, password });
				this.#hasOwner = true;
			}
		} catch {
			return false;
		}
		return await super.tryLogin();
	}

	/** It wants to be told that the workflow is off. */
	override async importWorkflow(workflow: WorkflowJson): Promise<SavedWorkflow> {
		const unpublished = { ...workflow, active: false };
		return await super.importWorkflow(unpublished);
	}

	/** It stores how an execution ended a moment before what came out of it. */
	override async executionEnd(id: string, waiting: Waiting = {}): Promise<Execution> {
		await super.executionEnd(id, waiting);
		return await until(
			`the data of execution ${id} is stored`,
			10_000,
			async () => await this.execution(id),
			({ data }) => Object.keys(data.resultData.runData).length > 0,
		);
	}

	/** An activation is over when it is answered, and its error is the answer. */
	override async activate(id: string): Promise<PublicationStatus> {
		const { versionId } = await this.workflow(id);
		try {
			await this.#setActive(id, 'activate', { versionId });
			return { status: 'published', triggers: [] };
		} catch (error) {
			const trigger = { nodeId: '', status: 'failed', errorMessage: (error as Error).message };
			return { status: 'failed', triggers: [trigger] };
		}
	}

	override async deactivate(id: string): Promise<void> {
		await this.#setActive(id, 'deactivate', {});
	}

	/** It runs what it is sent, saved or not. */
	protected override runRequest(saved: SavedWorkflow, trigger: string): object {
		return { ...super.runRequest(saved, trigger), workflowData: saved };
	}

	/** Until 1.118 or so "active" was a field of the workflow. */
	async #setActive(id: string, route: 'activate' | 'deactivate', body: object): Promise<void> {
		try {
			await this.request('POST', `/rest/workflows/${id}/${route}`, body);
		} catch (error) {
			if (!(error as Error).message.includes('answered 404')) throw error;
			await this.request('PATCH', `/rest/workflows/${id}`, {
				active: route === 'activate',
				...body,
			});
		}
	}
}
