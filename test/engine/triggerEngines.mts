import { PollContext, PollTriggerExecutor, Tracing, TriggersAndPollers } from 'n8n-core';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IWorkflowExecuteAdditionalData,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import { pollEvent } from '../../nodes/SmmPanelTrigger/polling/pollEvent.ts';
import { PollMemory } from '../../nodes/SmmPanelTrigger/polling/pollMemory.ts';
import { SmmPanelTrigger } from '../../nodes/SmmPanelTrigger/SmmPanelTrigger.node.ts';
import type { CredentialValues } from './credentials.mts';
import { TriggerCredentials } from './triggerCredentials.mts';

/**
 * How n8n keeps the state of a trigger between polls:
 * - `default`: in memory while the workflow is active; saved with an activation and with an emission.
 * - `scheduler`: read again for each poll; saved with an activation and with an emission, else dropped.
 * - `durable`: read again for each poll; saved in one transaction with an emission, and alone after a poll by the
 *   clock that output nothing; dropped when a poll throws.
 */
export type EngineKind = 'default' | 'scheduler' | 'durable';
export const engineKinds: EngineKind[] = ['default', 'scheduler', 'durable'];

export interface TriggerSetup {
	kind?: EngineKind;
	parameters: INodeParameters;
	credentials: CredentialValues;
	/** What n8n grants a poll, in milliseconds; null for an old n8n that does not say. */
	budgetMs?: number | null;
}

/**
 * Where the process dies in the middle of an emission: before n8n did anything, when it has started the execution but
 * not saved the state, or when it has saved the state but not started the execution (n8n begins with that). The
 * durable engine does both in one transaction.
 */
export type KillPoint = 'beforeEmission' | 'beforeSaving' | 'afterSaving';

const name = 'SMM Panel Trigger';
/** What n8n-core grants outside its scheduler. */
const usualBudgetMs = 300_000;
const { description } = new SmmPanelTrigger();

/**
 * One active workflow with the trigger, in an n8n that can be killed: n8n-core's own poll context and executor over
 * a database that keeps and loses what n8n's engines keep and lose (2.41: trigger-execution-context.factory.js,
 * poll-trigger-task-handler.js and poll-cursor.service.js).
 */
export class TriggerEngine {
	/** The items of each execution that was started. */
	readonly executions: IDataObject[][] = [];
	/** What failed polls reported. */
	readonly errors: Error[] = [];
	/** The lines that the trigger wrote into n8n's log. */
	readonly log: string[] = [];
	parameters: INodeParameters;
	/** Change the values at will: n8n reads them for each poll. */
	readonly credentials: CredentialValues;
	budgetMs: number | null | undefined;
	/** Settings of the node beside its parameters. */
	nodeSettings: Partial<INode> = {};
	killAt?: KillPoint;
	/** Whether n8n takes no notice of what polls come to: the workflow was published again, the poll lost its turn. */
	private dropsAll = false;

	private readonly kind: EngineKind;
	/** What survives the process: static data of the workflow, and the node's durable cursor. */
	private savedStaticData = '{}';
	private savedCursor?: string;
	private memory = new PollMemory();
	private poll?: () => Promise<void>;

	constructor({ kind = 'default', parameters, credentials, budgetMs }: TriggerSetup) {
		this.kind = kind;
		this.parameters = parameters;
		this.credentials = structuredClone(credentials);
		this.budgetMs = budgetMs;
	}

	/** All items that were output so far. */
	get items(): IDataObject[] {
		return this.executions.flat();
	}

	/** The node's static data as the database holds it. */
	get saved(): IDataObject {
		if (this.savedCursor !== undefined) return JSON.parse(this.savedCursor) as IDataObject;
		const all = JSON.parse(this.savedStaticData) as Record<string, IDataObject>;
		return all[`node:${name}`] ?? {};
	}

	/** Puts static data into the database, as an earlier version of the package may have left it. */
	set saved(staticData: IDataObject) {
		this.savedStaticData = JSON.stringify({ [`node:${name}`]: staticData });
		this.savedCursor = undefined;
	}

	/** Publishes the workflow: the first poll runs at once, and its error is the activation's. */
	async activate(mode: WorkflowActivateMode = 'activate'): Promise<void> {
		const workflow = this.loadWorkflow();
		const context = this.openContext(workflow, mode, { byClock: false });
		const executor = new PollTriggerExecutor(
			{ scoped: () => this.quietLogger, ...this.quietLogger } as never,
			new TriggersAndPollers(),
			new Tracing(),
			{ error: () => {}, warn: () => {} } as never,
		);
		const poll = executor.create(workflow, nodeOf(workflow), context, () => true);
		await poll(true);
		this.saveStaticData(workflow);
		this.poll = poll;
	}

	/** The next poll by the clock. */
	async tick(): Promise<void> {
		await this.prepareTick()();
	}

	/** A poll by the clock for which n8n reads the state now, and which runs when the function is called. */
	prepareTick(): () => Promise<void> {
		if (!this.poll) throw new Error('the workflow is not active');
		return this.kind === 'default' ? this.poll : this.pollOfScheduler();
	}

	/**
	 * A poll whose result n8n does not take, as the workflow is published again meanwhile, or as the poll has lost its
	 * turn in the scheduler.
	 */
	async tickInVain(): Promise<void> {
		this.dropsAll = true;
		await this.tick();
		this.dropsAll = false;
		if (this.kind === 'default') await this.activate('update');
	}

	/** The process is gone without warning, and n8n starts again. The scheduler engines do not poll then. */
	async restart(): Promise<void> {
		this.memory = new PollMemory();
		if (this.kind === 'default') await this.activate('init');
	}

	/** Saves and publishes the workflow with other parameters, in the same process. */
	async edit(parameters: INodeParameters): Promise<void> {
		this.parameters = parameters;
		if (this.kind === 'default') await this.activate('update');
	}

	/** "Fetch test event" of the editor. */
	async fetchTestEvent(): Promise<IDataObject[]> {
		const workflow = this.loadWorkflow();
		const before = JSON.stringify(workflow.staticData);
		const context = this.openContext(workflow, 'manual', { byClock: false, mode: 'manual' });
		const emission = await new TriggersAndPollers().runPollFunction(
			workflow,
			nodeOf(workflow),
			context,
		);
		if (JSON.stringify(workflow.staticData) !== before) throw new Error('static data was changed');
		return jsonOf(emission ?? []);
	}

	private pollOfScheduler(): () => Promise<void> {
		const workflow = this.loadWorkflow();
		const context = this.openContext(workflow, 'update', { byClock: true });
		const run = async () => {
			try {
				const triggers = new TriggersAndPollers();
				const emission = await triggers.runPollFunction(workflow, nodeOf(workflow), context);
				if (emission) context.__emit(emission);
				else await context.__commitCursor();
			} catch (error) {
				context.__emitError(error as Error);
			}
		};
		return async () => await context.__runPoll(run);
	}

	private openContext(
		workflow: Workflow,
		activation: WorkflowActivateMode,
		{ byClock, mode = 'trigger' }: { byClock: boolean; mode?: WorkflowExecuteMode },
	): PollContext {
		const isDurable = this.kind === 'durable' && mode === 'trigger';
		const staticData = () => workflow.getStaticData('node', nodeOf(workflow));
		if (isDurable) this.savedCursor ??= JSON.stringify(staticData());
		const seed = this.savedCursor ?? '{}';
		const cursor = JSON.parse(seed) as IDataObject;
		const context = new PollContext(
			workflow,
			nodeOf(workflow),
			this.additionalData(),
			mode,
			activation,
			(emission) => {
				const hasItems = (emission[0] ?? []).length > 0;
				const kill = hasItems ? this.killAt : undefined;
				if (hasItems) this.killAt = undefined;
				if (this.dropsAll || kill === 'beforeEmission' || (kill && isDurable)) return;
				if (kill !== 'afterSaving') this.executions.push(jsonOf(emission));
				if (kill === 'beforeSaving') return;
				if (isDurable) this.savedCursor = JSON.stringify(cursor);
				else this.saveStaticData(workflow);
			},
			(error) => this.errors.push(error),
			async () => {
				const isChanged = JSON.stringify(cursor) !== seed;
				if (isDurable && byClock && isChanged && !this.dropsAll)
					this.savedCursor = JSON.stringify(cursor);
			},
			async (poll) => await poll(),
			() => (isDurable ? cursor : staticData()),
			() => this.budgetMs ?? usualBudgetMs,
		);
		const write = (line: string) => this.log.push(line);
		Object.defineProperty(context, 'logger', {
			value: { ...this.quietLogger, warn: write, error: write },
		});
		if (this.budgetMs === null) Object.assign(context, { getPollBudgetMs: undefined });
		return context;
	}

	private readonly quietLogger = {
		debug: () => {},
		info: () => {},
		warn: () => {},
		error: () => {},
	};

	private saveStaticData(workflow: Workflow): void {
		if (workflow.staticData.__dataChanged === true) {
			this.savedStaticData = JSON.stringify(workflow.staticData);
		}
	}

	private loadWorkflow(): Workflow {
		const { memory } = this;
		const nodeType: INodeType = {
			description,
			async poll() {
				return await pollEvent(this, memory);
			},
		};
		return new Workflow({
			id: 'workflow',
			name: 'Test',
			nodes: [this.node()],
			connections: {},
			active: true,
			nodeTypes: {
				getByName: () => nodeType,
				getByNameAndVersion: () => nodeType,
				getKnownTypes: () => ({}),
			},
			staticData: JSON.parse(this.savedStaticData) as IDataObject,
		});
	}

	private node(): INode {
		const types = Object.keys(this.credentials);
		return {
			id: 'trigger-node',
			name,
			type: 'n8n-nodes-smm-panel.smmPanelTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: this.parameters,
			...this.nodeSettings,
			credentials: Object.fromEntries(
				types.map((type) => [type, { id: `of ${type}`, name: type }]),
			),
		};
	}

	private additionalData(): IWorkflowExecuteAdditionalData {
		const credentialsHelper = new TriggerCredentials(this.credentials);
		return { credentialsHelper, variables: {} } as unknown as IWorkflowExecuteAdditionalData;
	}
}

function nodeOf(workflow: Workflow): INode {
	return workflow.getNode(name) as INode;
}

/** What goes through n8n's database comes out as JSON. */
function jsonOf(emission: INodeExecutionData[][]): IDataObject[] {
	return JSON.parse(JSON.stringify((emission[0] ?? []).map(({ json }) => json))) as IDataObject[];
}
