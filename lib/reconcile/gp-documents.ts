import type { ControlRow } from '../model/gp-changes';
import { canonicalOriginId } from '../model/keys';
import { type Decimal, subtract } from '../model/money';
import type { StandingDirectCost } from '../sync/standing/read-standing';
import type { ControlledDocument, MappedTo } from './control-totals';
import {
	type KnownCause,
	MAYBE_GONE,
	NOT_LISTED,
	OTHER_MONTH,
	PARKED_AND_GONE,
	plain,
} from './known-causes';
import type { GpDocument, LeftOut } from './reconcile.types';

/** Reasons for which a document in history cannot be mapped any more, though it may have been sent. */
const NOT_TOLD_ANY_MORE: ReadonlyArray<NonNullable<LeftOut['reason']>['code']> = [
	'no-distributions',
	'intercompany-unknown',
];

/**
 * Documents in history of which GP no longer tells the lines. What stands of them in Procore stays as
 * it was sent, and nothing a run reads again could change it: it is neither stale nor to be mended.
 */
class KeptAsSent {
	private readonly documents = new Map<string, { outcome: LeftOut; standing: Set<string> }>();

	/** Takes the outcome when it is of such a document. */
	take(outcome: LeftOut): boolean {
		const code = outcome.reason?.code;
		const isSuch =
			code === 'as-sent' ||
			(outcome.history === true && code !== undefined && NOT_TOLD_ANY_MORE.includes(code));
		if (isSuch) this.documents.set(outcome.source.key, { outcome, standing: new Set() });
		return isSuch;
	}

	has(key: string | null): boolean {
		return key !== null && this.documents.has(key);
	}

	/** Notes that it stands in Procore; false for a copy of what was met before. */
	stands(key: string, originId: string): boolean {
		const { standing } = this.documents.get(key)!;
		const name = canonicalOriginId(originId);
		if (standing.has(name)) return false;
		standing.add(name);
		return true;
	}

	all(): Array<{ outcome: LeftOut; stands: boolean }> {
		return [...this.documents.values()].map(({ outcome, standing }) => ({
			outcome,
			stands: standing.size > 0 || outcome.reason?.code === 'as-sent',
		}));
	}
}

/** Where nothing of it was met in Procore. */
export const STANDS_NOWHERE =
	'GP no longer tells the distributions of the document, and it was met in none of the Procore projects read';

/** What a comparison knows of a document of GP. */
type InGp =
	/** Read and mapped. */
	| 'compared'
	/** Read, and waits as a whole. */
	| 'waits'
	/** Listed, outside the months compared: its details were not read. */
	| 'outside'
	/** Listed, and could not be read; or found by another way only. */
	| 'notRead'
	/** Not in the list that was read. */
	| 'notListed';

/** The documents of GP in a comparison, by key, and how much of each is not accounted for yet. */
export class GpDocuments {
	/** In history, with lines GP tells no more. */
	readonly asSent = new KeptAsSent();
	private readonly compared = new Map<string, { document: GpDocument; rest: Decimal }>();
	private readonly outside = new Set<string>();
	private readonly notRead = new Set<string>();
	private readonly waiting = new Map<string, LeftOut['reason']>();
	/** Procore holds something of it, a draft too. */
	private readonly standing = new Set<string>();
	private readonly mapped = new Map<string, MappedTo>();
	/** Not in the list, but GP has them. */
	private readonly found = new Set<string>();
	private counted = 0;

	add(document: GpDocument): void {
		this.compared.set(document.key, { document, rest: document.amount });
	}

	addOutside(key: string): void {
		this.outside.add(key);
	}

	addNotRead(key: string): void {
		this.notRead.add(key);
	}

	addWaiting(key: string, reason: LeftOut['reason']): void {
		this.waiting.set(key, reason);
	}

	/** Why nothing of it can be sent as it is; undefined where it can, or nobody says. */
	whyWaiting(key: string): LeftOut['reason'] {
		return this.waiting.get(key);
	}

	addStanding(key: string): void {
		this.standing.add(key);
	}

	/** What mapping makes of it; a document that is sent in part is sent. */
	map(key: string, to: MappedTo): void {
		if (this.mapped.get(key) !== 'send' || to === 'notRead') this.mapped.set(key, to);
	}

	/** It was to be sent, and is left out after all. */
	leaveOut(key: string): void {
		this.mapped.set(key, 'leftOut');
	}

	/** The documents listed as control totals need them; without those whose details were not asked for. */
	controlled(
		rows: Iterable<ControlRow>,
		at: {
			requested?: ReadonlySet<string>;
			parked?: { has(key: string): boolean };
		},
	): ControlledDocument[] {
		return [...rows].flatMap((row): ControlledDocument[] => {
			const { key } = row;
			const inGp = this.whereIs(key);
			if (inGp === 'outside' || inGp === 'notListed') return [];
			const facts = {
				standing: this.standing.has(key),
				requested: at.requested?.has(key) === true,
				parked: at.parked?.has(key) === true,
				mapped: inGp === 'notRead' ? ('notRead' as const) : (this.mapped.get(key) ?? 'nothing'),
			};
			return [{ row, head: this.compared.get(key)?.document.head, facts }];
		});
	}

	/** Rows the service says there are. */
	count(rows: number): void {
		this.counted = rows;
	}

	/** A document that is there by another way of reading; false where the list had it, too. */
	find(key: string): boolean {
		if (this.isListed(key) || this.found.has(key)) return false;
		this.found.add(key);
		return true;
	}

	/** Documents the list did not hold: those found by another way, and those only counted. */
	get missing(): number {
		const listed = new Set([...this.compared.keys(), ...this.outside, ...this.notRead]);
		return this.found.size + Math.max(0, this.counted - listed.size - this.found.size);
	}

	settle(key: string, amount: Decimal): void {
		const entry = this.compared.get(key);
		if (entry) entry.rest = subtract(entry.rest, amount);
	}

	whereIs(key: string): InGp {
		if (this.waiting.has(key)) return 'waits';
		if (this.compared.has(key)) return 'compared';
		if (this.outside.has(key)) return 'outside';
		return this.notRead.has(key) || this.found.has(key) ? 'notRead' : 'notListed';
	}

	first(): string | undefined {
		return this.compared.keys().next().value;
	}

	labelOf(key: string): string | undefined {
		return this.compared.get(key)?.document.label;
	}

	/** Documents whose parts do not add up to their cost. */
	all(): Iterable<{ document: GpDocument; rest: Decimal }> {
		return this.compared.values();
	}

	private isListed(key: string): boolean {
		return this.compared.has(key) || this.outside.has(key) || this.notRead.has(key);
	}
}

/**
 * Why Procore has a record from GP that GP's documents do not want there, by what is known of its
 * document.
 *
 * | document | cause |
 * |---|---|
 * | compared | stale: the mapping wants it elsewhere |
 * | waits | parked |
 * | outside the months | differs: one of the two dates was changed |
 * | not read | notRead |
 */
export function causeOfRest(inGp: Exclude<InGp, 'notListed'>): KnownCause {
	return {
		compared: plain('stale'),
		waits: plain('parked'),
		outside: OTHER_MONTH,
		notRead: plain('notRead'),
	}[inGp];
}

/** What GP answered when it was asked for a document by its key. */
export type Answered = 'there' | 'notThere' | 'notAsked';

/**
 * The same of a record whose document is not in the list that was read.
 *
 * | list \\ asked by key | there | not there | not asked |
 * |---|---|---|---|
 * | proven complete | notRead | goneFromGp | goneFromGp |
 * | not proven | notRead | goneFromGp | notRead: maybe gone |
 */
export function causeOfUnlisted(listIsWhole: boolean, answered: Answered): KnownCause {
	if (answered === 'there') return NOT_LISTED;
	return listIsWhole || answered === 'notThere' ? plain('goneFromGp') : MAYBE_GONE;
}

/**
 * Documents that came from GP and that its list did not hold: records of them stand in Procore, or they
 * wait in the parked table. Judged when all is known.
 */
export class UnlistedRecords {
	private readonly records: Array<{ record: StandingDirectCost; key: string }> = [];
	private readonly answers = new Map<string, Answered>();

	constructor(private readonly inGp: GpDocuments) {}

	add(record: StandingDirectCost, key: string): void {
		this.records.push({ record, key });
	}

	/** Keys to ask GP for, those that stand in Procore first. */
	keys(parked: Iterable<string>): string[] {
		const keys = [...this.records.map(({ key }) => key), ...parked];
		return [...new Set(keys)].filter((key) => this.inGp.whereIs(key) === 'notListed');
	}

	answered(answers: ReadonlyMap<string, Answered>): void {
		for (const [key, answered] of answers) this.answers.set(key, answered);
	}

	/**
	 * @param onDocument a document of which nothing stands in Procore
	 * @param onRecord a record of Procore
	 */
	judge(
		listIsWhole: boolean,
		onDocument: (key: string, cause: KnownCause) => void,
		onRecord: (record: StandingDirectCost, cause: KnownCause) => void,
	): void {
		const standing = new Set(this.records.map(({ key }) => key));
		for (const [key, answered] of this.answers) {
			const isNew = answered === 'there' && this.inGp.find(key);
			if (standing.has(key)) continue;
			if (isNew) onDocument(key, NOT_LISTED);
			else if (answered === 'notThere') onDocument(key, PARKED_AND_GONE);
		}
		// One shown to be missing, and nobody believes the others to be gone.
		const whole = listIsWhole && this.inGp.missing === 0;
		for (const { record, key } of this.records)
			onRecord(record, causeOfUnlisted(whole, this.answers.get(key) ?? 'notAsked'));
	}
}
