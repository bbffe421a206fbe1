import type { SourceReference } from '../../model/desired';
import type { Outcome } from '../../model/outcome';
import type { RecordStanding } from '../../sync/standing/record-standing';
import { causeOfUnlisted } from '../cause-of-rest';
import { NOT_LISTED } from '../known-causes';
import { causeOfRecord } from './cause-of-record';
import type { RecordCause, RecordComparison, RecordDifference } from './record-comparison.types';
import { changesInWords, RECORD_WORDS } from './record-words';

/** A record in Procore that came from this GP company. */
export interface OwnRecord {
	key: string;
	label: string;
	procoreId: string;
	projectId: string;
}

export interface RecordsToCompare {
	entity: RecordDifference['entity'];
	standing: ReadonlyArray<
		RecordStanding<{ source: Pick<SourceReference, 'key' | 'label'>; projectId?: string }>
	>;
	/** What mapping did not hand on. */
	notSent: ReadonlyArray<Pick<Outcome, 'outcome' | 'source' | 'reason'>>;
	/** Shown to agree without being read in detail. */
	agree: number;
	/** Records GP did not let be read. */
	faults: ReadonlyArray<{ key: string; label: string; message: string; remedy: string }>;
	/** Keys GP lists. */
	listed: ReadonlySet<string>;
	listIsWhole: boolean;
	/** Keys a second reading found, and how many the service counts. */
	second: { keys: ReadonlySet<string>; counted: number | null };
	/** Everything in Procore that came from this GP company; copies included. */
	own: readonly OwnRecord[];
	parked: ReadonlyMap<string, { message: string; remedy: string }>;
	requested: ReadonlySet<string>;
}

/** Vendors or cost codes of GP against those of Procore, each difference with its cause. */
export function compareRecords(input: RecordsToCompare): RecordComparison {
	const { entity, listed, parked, requested } = input;
	const differences: RecordDifference[] = [];
	let { agree } = input;
	let leftOut = 0;

	for (const { desired, how, evidence, changes, procoreId, reason } of input.standing) {
		const cause = causeOfRecord({ how, evidence });
		if (cause === null) {
			if (how === 'notSent') leftOut++;
			else agree++;
			continue;
		}
		const { key, label } = desired.source;
		const fields = changesInWords(changes);
		const words = reason ?? RECORD_WORDS[cause];
		note(
			cause,
			{ key, label, procoreId, projectId: desired.projectId ?? '' },
			{
				message: reason || !fields ? words.message : `${words.message} (${fields})`,
				remedy: words.remedy,
			},
		);
	}
	for (const { outcome, source, reason } of input.notSent) {
		if (outcome !== 'parked') {
			leftOut++;
			continue;
		}
		const waits = parked.has(source.key);
		const words = RECORD_WORDS[waits ? 'parked' : 'unsaid'];
		const message = waits ? words.message : `${words.message}: ${reason?.message ?? ''}`;
		note(
			waits ? 'parked' : 'unsaid',
			{ ...NOWHERE, key: source.key, label: source.label },
			{
				...words,
				message,
			},
		);
	}
	for (const { key, label, message, remedy } of input.faults)
		note('notRead', { ...NOWHERE, key, label }, { message, remedy });

	const known = new Set([...listed, ...input.faults.map(({ key }) => key)]);
	const found = [...input.second.keys].filter((key) => !known.has(key));
	for (const key of found)
		note('notRead', { ...NOWHERE, key, label: `${LABELS[entity]} ${key}` }, NOT_LISTED);
	const missing =
		found.length + Math.max(0, (input.second.counted ?? 0) - known.size - found.length);

	const met = new Set<string>();
	const whole = input.listIsWhole && missing === 0;
	for (const one of input.own) {
		const name = JSON.stringify([one.key, one.projectId]);
		if (met.has(name)) note('duplicate', one, RECORD_WORDS.duplicate);
		met.add(name);
		if (entity === 'vendor' && !known.has(one.key) && !input.second.keys.has(one.key)) {
			const { cause, message } = causeOfUnlisted(whole, 'notAsked');
			const words = cause === 'goneFromGp' ? RECORD_WORDS.goneFromGp : undefined;
			note(cause as RecordCause, one, words ?? { message, remedy: NOT_LISTED.remedy });
		}
	}
	return { entity, records: known.size + missing, agree, leftOut, differences, missing };

	function note(own: RecordCause, of: OwnRecord, words: { message: string; remedy: string }): void {
		const waits = ['duplicate', 'notRead', 'parked'].includes(own)
			? null
			: requested.has(of.key)
				? 'waitingRequest'
				: parked.has(of.key)
					? 'parked'
					: null;
		const cause = waits ?? own;
		const said = cause === 'parked' ? parked.get(of.key) : undefined;
		differences.push({
			entity,
			...of,
			cause,
			...(waits ? RECORD_WORDS[waits] : words),
			...(said ?? {}),
		});
	}
}

const NOWHERE = { procoreId: '', projectId: '' };
const LABELS = { vendor: 'Vendor', account: 'GL account' } as const;
