import type { PanelError } from '../../panelApi/panelError';
import type { Account } from '../run/accounts';
import { type Finding, judgeByBalance, judgedBy } from './balanceEvidence';
import type { Candidate } from './candidate';
import type { Prices } from './pricedRows';

interface Doubt {
	candidate: Candidate;
	/** Called once the balance has been looked at. */
	decide: (finding: Finding) => void;
}

/** The orders of one account that are under way, and what its balance says about those whose answers are in doubt. */
export class AccountRun {
	/** Why no further order of this account can be placed. */
	closedBy?: PanelError;
	/**
	 * The orders that are being sent. One that waits for another execution to place the same order is not among them: that
	 * execution may have an answer in doubt, too, and would wait for the end of this one's.
	 */
	private readonly underWay = new Set<Candidate>();
	private readonly placed: Candidate[] = [];
	private doubts: Doubt[] = [];
	private judging?: Promise<void>;

	constructor(
		private readonly account: Account,
		private readonly prices: Prices,
	) {}

	/** While an answer is in doubt nothing new may start: it would change the balance. */
	get isInDoubt(): boolean {
		return this.doubts.length > 0;
	}

	/** Notes an order that is about to be sent, as soon as nobody is looking at the balance. */
	async begin(candidate: Candidate): Promise<void> {
		while (this.judging) await this.judging;
		this.underWay.add(candidate);
	}

	notePlaced(candidate: Candidate): void {
		this.placed.push(candidate);
	}

	end(candidate: Candidate): void {
		this.underWay.delete(candidate);
		this.judgeWhenQuiet();
	}

	/** The failure of an order, given what the balance says once all others that are under way have ended. */
	async settle(candidate: Candidate, failure: PanelError): Promise<PanelError> {
		if (!failure.isInDoubt || this.prices.balance === null) return failure;
		const finding = await new Promise<Finding>((decide) => {
			this.doubts.push({ candidate, decide });
			this.judgeWhenQuiet();
		});
		return judgedBy(failure, finding);
	}

	private judgeWhenQuiet(): void {
		if (!this.isInDoubt || this.judging || this.underWay.size > this.doubts.length) return;
		this.judging = this.judgeDoubts().finally(() => (this.judging = undefined));
	}

	private async judgeDoubts(): Promise<void> {
		const { doubts } = this;
		const finding = await this.judge(doubts).catch(() => undecided);
		this.doubts = [];
		for (const { decide } of doubts) decide(finding);
	}

	private async judge(doubts: readonly Doubt[]): Promise<Finding> {
		const before = this.prices.balance;
		const { balance: after, currency } = (await this.account.client.balance()).value;
		if (before === null || after === null) return undecided;
		const costs = async (candidates: readonly Candidate[]) =>
			await Promise.all(
				candidates.map(async ({ cost, row }) => cost ?? (await this.prices.costLater(row))),
			);
		const placedCosts = await costs(this.placed);
		const placedCost = placedCosts.includes(null)
			? null
			: placedCosts.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
		const costsInDoubt = await costs(doubts.map(({ candidate }) => candidate));
		return {
			verdict: judgeByBalance({ before, after, placedCost, costsInDoubt }),
			figures: `The balance was ${before} ${currency} before this run and is ${after} ${currency} now.`,
		};
	}
}

const undecided: Finding = { verdict: 'undecided', figures: '' };
