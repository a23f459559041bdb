import { randomUUID } from 'node:crypto';
import type {
	ICredentialType,
	IDataObject,
	INode,
	INodeCredentialTestResult,
	INodeTypeDescription,
} from 'n8n-workflow';

import { Execution } from './execution.mts';
import type { StoredExecution } from './execution.mts';
import { OWNER } from './owner.mts';
import { until } from '../support/until.mts';
import type { WorkflowJson } from './workflow.mts';

const OUR_NODES = 'n8n-nodes-smm-panel.';
const OUR_CREDENTIAL = 'smmPanelApi';
const PATIENCE_MS = 120_000;

export interface Credential {
	id: string;
	name: string;
	type: string;
}

export interface SavedWorkflow extends WorkflowJson {
	id: string;
	versionId: string;
	active: boolean;
}

/** What became of a workflow's triggers, and why one of them could not be activated. */
export interface PublicationStatus {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: string;
	mode: string;
	startedAt: string;
	retryOf?: string | null;
}

export interface Waiting {
	/** Gives up after this time; by default after two minutes, as the machine may be busy. */
	timeoutMs?: number;
}

/** Does over n8n's internal REST API what its editor does, as the owner of the instance. */
export class N8nClient {
	readonly #url: string;
	// n8n binds a login to the browser it was made in.
	readonly #browserId = randomUUID();
	readonly #credentials: Credential[] = [];
	#cookie = '';

	constructor(url: string) {
		this.#url = url;
	}

	/** Logs the owner in; false while n8n is not ready for it. */
	async tryLogin(): Promise<boolean> {
		try {
			const response = await this.#send('POST', '/rest/login', {
				emailOrLdapLoginId: OWNER.email,
				// Its name in n8n before 1.90.
				email: OWNER.email,
				password: OWNER.password,
			});
			await response.arrayBuffer();
			this.#cookie = response.headers
				.getSetCookie()
				.map((cookie) => cookie.split(';')[0])
				.join('; ');
			return response.ok && this.#cookie !== '';
		} catch {
			return false;
		}
	}

	/** Any call of the REST API, for what the methods below do not offer; answers its `data`. */
	async request<T>(method: string, route: string, body?: unknown): Promise<T> {
		const response = await this.#send(method, route, body);
		const text = await response.text();
		if (!response.ok) {
			throw new Error(`${method} ${route} answered ${response.status}: ${text.slice(0, 1000)}`);
		}
		const answer = JSON.parse(text) as T | { data: T };
		return typeof answer === 'object' && answer !== null && 'data' in answer ? answer.data : answer;
	}

	/** Saves a credential. Workflows imported from now on use the last one of each type. */
	async createCredential(credential: {
		type: string;
		data: IDataObject;
		name?: string;
	}): Promise<Credential> {
		const saved = await this.request<Credential>('POST', '/rest/credentials', {
			name: credential.name ?? credential.type,
			type: credential.type,
			data: credential.data,
		});
		this.#credentials.push(saved);
		return saved;
	}

	/** The "Test" of a saved credential; `changes` as if typed into its form before, unsaved. */
	async testCredential(
		{ id, name, type }: Credential,
		changes: IDataObject = {},
	): Promise<INodeCredentialTestResult> {
		// As in the editor, secrets come back blanked out, and n8n fills them in again.
		const { data } = await this.request<{ data: IDataObject }>(
			'GET',
			`/rest/credentials/${id}?includeData=true`,
		);
		return await this.request('POST', '/rest/credentials/test', {
			credentials: { id, name, type, data: { ...data, ...changes } },
		});
	}

	/** Saves a workflow and gives its nodes the credentials that were created here. */
	async importWorkflow(workflow: WorkflowJson): Promise<SavedWorkflow> {
		const { id, ...unsaved } = workflow;
		return await this.request('POST', '/rest/workflows', {
			...unsaved,
			nodes: workflow.nodes.map((node) => this.#withCredentials(node)),
		});
	}

	async workflow(id: string): Promise<SavedWorkflow> {
		return await this.request('GET', `/rest/workflows/${id}`);
	}

	/**
	 * "Execute workflow", and "Fetch test event" for a trigger: runs a new workflow, or a saved one
	 * by its id, and resolves with the execution when that has ended, well or not.
	 */
	async runWorkflow(
		workflow: WorkflowJson | string,
		options: Waiting & { trigger?: string } = {},
	): Promise<Execution> {
		const id = await this.startWorkflow(workflow, options);
		return await this.executionEnd(id, options);
	}

	/** Like `runWorkflow`, but resolves with the execution's id at once. */
	async startWorkflow(
		workflow: WorkflowJson | string,
		options: { trigger?: string } = {},
	): Promise<string> {
		const saved = await (typeof workflow === 'string'
			? this.workflow(workflow)
			: this.importWorkflow(workflow));
		const name = options.trigger ?? triggerOf(saved).name;
		const { executionId } = await this.request<{ executionId: string }>(
			'POST',
			`/rest/workflows/${saved.id}/run`,
			this.runRequest(saved, name),
		);
		return executionId;
	}

	/** The execution as stored right now, running or not. */
	async execution(id: string): Promise<Execution> {
		return new Execution(await this.request<StoredExecution>('GET', `/rest/executions/${id}`));
	}

	/** Resolves when the execution has ended; a waiting one (Wait node) counts as running. */
	async executionEnd(id: string, { timeoutMs = PATIENCE_MS }: Waiting = {}): Promise<Execution> {
		return await until(
			`execution ${id} ends`,
			timeoutMs,
			async () => await this.execution(id),
			({ status }) => !['new', 'running', 'waiting'].includes(status),
		);
	}

	/** The last 100 executions, of one workflow or of all, the newest first. */
	async executions(workflowId?: string): Promise<ExecutionSummary[]> {
		const query = new URLSearchParams({ limit: '100', filter: JSON.stringify({ workflowId }) });
		const { results } = await this.request<{ results: ExecutionSummary[] }>(
			'GET',
			`/rest/executions?${query.toString()}`,
		);
		return results;
	}

	/** The Retry button of a failed execution; resolves when the new execution has ended. */
	async retryExecution(id: string): Promise<Execution> {
		const retried = await this.request<{ id: string }>('POST', `/rest/executions/${id}/retry`, {
			loadWorkflow: false,
		});
		return await this.executionEnd(retried.id);
	}

	/** Publishes the workflow as last saved; resolves when n8n has tried to activate its triggers. */
	async activate(
		id: string,
		{ timeoutMs = PATIENCE_MS }: Waiting = {},
	): Promise<PublicationStatus> {
		const { versionId } = await this.workflow(id);
		await this.request('POST', `/rest/workflows/${id}/activate`, { versionId });
		return await until(
			`workflow ${id} is published`,
			timeoutMs,
			async () => await this.publicationStatus(id),
			({ status }) => status !== 'in_progress' && status !== 'not_published',
		);
	}

	/** Unpublishes the workflow; resolves when its triggers are off. */
	async deactivate(id: string, { timeoutMs = PATIENCE_MS }: Waiting = {}): Promise<void> {
		await this.request('POST', `/rest/workflows/${id}/deactivate`, {});
		await until(
			`workflow ${id} is unpublished`,
			timeoutMs,
			async () => await this.publicationStatus(id),
			({ status }) => status === 'not_published',
		);
	}

	async publicationStatus(id: string): Promise<PublicationStatus> {
		return await this.request('GET', `/rest/workflows/${id}/publication-status`);
	}

	/** The descriptions of all node types that the editor offers. */
	async nodeTypes(): Promise<INodeTypeDescription[]> {
		return await this.request('GET', '/types/nodes.json');
	}

	/** The descriptions of all credential types that the editor offers. */
	async credentialTypes(): Promise<ICredentialType[]> {
		return await this.request('GET', '/types/credentials.json');
	}

	/** What to send to run a saved workflow from this trigger. */
	protected runRequest(_saved: SavedWorkflow, trigger: string): object {
		return { triggerToStartFrom: { name: trigger } };
	}

	async #send(method: string, route: string, body?: unknown): Promise<Response> {
		return await fetch(`${this.#url}${route}`, {
			method,
			headers: {
				'browser-id': this.#browserId,
				'content-type': 'application/json',
				cookie: this.#cookie,
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
	}

	/**
	 * Fills in the credentials that a node names, and ours where it names none: the one with that
	 * id where it was created here (files hold the ids of another n8n), else the last of that name,
	 * else the last of the type.
	 */
	#withCredentials(node: INode): INode {
		const types = new Set([
			...Object.keys(node.credentials ?? {}),
			...(node.type.startsWith(OUR_NODES) ? [OUR_CREDENTIAL] : []),
		]);
		const assigned = [...types].flatMap((type) => {
			const candidates = this.#credentials.filter((credential) => credential.type === type);
			const wanted = node.credentials?.[type];
			const credential =
				candidates.find(({ id }) => id === wanted?.id) ??
				candidates.findLast(({ name }) => name === wanted?.name) ??
				candidates.at(-1);
			return credential ? [[type, { id: credential.id, name: credential.name }] as const] : [];
		});
		return { ...node, credentials: { ...node.credentials, ...Object.fromEntries(assigned) } };
	}
}

function triggerOf({ name, nodes }: WorkflowJson): INode {
	const trigger = nodes.find((node) => /trigger$/i.test(node.type));
	if (!trigger) throw new Error(`The workflow "${name}" has no trigger`);
	return trigger;
}
