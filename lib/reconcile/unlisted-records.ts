import type { StandingDirectCost } from '../sync/standing/read-standing';
import { causeOfUnlisted, type Answered } from './cause-of-rest';
import type { GpDocuments } from './gp-documents';
import { NOT_LISTED, PARKED_AND_GONE, type KnownCause } from './known-causes';

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
