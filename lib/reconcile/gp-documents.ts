import { subtract, type Decimal } from '../model/money';
import type { MappedTo } from './became-of';
import type { ControlRow } from '../model/gp-changes';
import type { ControlledDocument } from './control-totals';
import { KeptAsSent } from './kept-as-sent';
import type { GpDocument } from './reconcile.types';

/** What a comparison knows of a document of GP. */
export type InGp =
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
	private readonly waiting = new Set<string>();
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

	addWaiting(key: string): void {
		this.waiting.add(key);
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
