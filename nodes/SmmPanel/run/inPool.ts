/** How work is spread over a pool. */
export interface PoolRules<Task> {
	/** How many tasks are under way at a time. */
	size: number;
	/** Two tasks with a name in common are never under way together. */
	namesOf: (task: Task) => readonly string[];
	/** Looked at before a task starts: whether no other one is to start. */
	isHalted: () => boolean;
	/** Must not throw. */
	work: (task: Task) => Promise<void>;
}

/** Does the tasks in their order, several at a time; a task whose name is busy lets later ones go first. */
export async function inPool<Task>(tasks: readonly Task[], rules: PoolRules<Task>): Promise<void> {
	const waiting = [...tasks];
	const underWay = new Set<Promise<void>>();
	const busy = new Set<string>();
	while (waiting.length > 0 || underWay.size > 0) {
		const next = rules.isHalted()
			? -1
			: waiting.findIndex((task) => rules.namesOf(task).every((name) => !busy.has(name)));
		const [task] = next >= 0 && underWay.size < rules.size ? waiting.splice(next, 1) : [];
		if (task === undefined) {
			if (underWay.size === 0) return;
			await Promise.race(underWay);
			continue;
		}
		const names = rules.namesOf(task);
		for (const name of names) busy.add(name);
		const work = rules.work(task).finally(() => {
			underWay.delete(work);
			for (const name of names) busy.delete(name);
		});
		underWay.add(work);
	}
}
