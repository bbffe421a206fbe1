import type { SourceReference } from '../model/desired';
import type { FieldChange, Outcome } from '../model/outcome';
import { redactChange } from '../model/redact';
import type { RecordStanding } from '../sync/standing/record-standing';
import { causeOfUnlisted } from './gp-documents';
import { causeOf, EXPLANATIONS, MEND, MEND_EDITED, NOT_LISTED } from './known-causes';
import type { RecordCause } from './reconcile.types';

export interface RecordDifference {
	entity: 'vendor' | 'account';
	cause: RecordCause;
	/** GP's key. */
	key: string;
	/** What a person calls it. */
	label: string;
	/** Project of a cost code; blank for a vendor. */
	projectId: string;
	procoreId: string;
	message: string;
	remedy: string;
}

/** What became of the vendors or GL accounts GP lists. */
export interface RecordComparison {
	entity: RecordDifference['entity'];
	/** Records of GP: vendors, or accounts. */
	records: number;
	/** Stand in Procore as GP has them; left out on purpose. */
	agree: number;
	leftOut: number;
	differences: RecordDifference[];
	/** Records GP has that the list read did not hold. */
	missing: number;
}

/**
 * Why a vendor or cost code stands otherwise than GP wants it; null where nothing is to be said.
 *
 * | stands | shown since it was sent | cause |
 * |---|---|---|
 * | as GP has it, or is not to be sent | | none |
 * | nowhere | | missing |
 * | under its name or number only | | notLinked |
 * | under another owner | | conflict |
 * | inactive | GP wants what was sent | inactiveInProcore |
 * | inactive | anything else | as `causeOf` says |
 * | otherwise | | as `causeOf` says |
 */
export function causeOfRecord({
	how,
	evidence,
}: Pick<RecordStanding<unknown>, 'how' | 'evidence'>): RecordCause | null {
	switch (how) {
		case 'agrees':
		case 'notSent':
			return null;
		case 'missing':
		case 'notLinked':
		case 'conflict':
			return how;
		case 'inactive':
			return evidence.gp === 'asSent' ? 'inactiveInProcore' : (causeOf(evidence) as RecordCause);
		case 'differs':
			return causeOf(evidence) as RecordCause;
	}
}

/** What each cause means for a vendor or cost code, and what is done about it. */
const RECORD_WORDS: Record<RecordCause, { message: string; remedy: string }> = {
	parked: { message: 'Waits in the parked table', remedy: 'See the parked table.' },
	waitingRequest: {
		message: 'Waits to be read again from GP',
		remedy: 'Nothing to do: the next run sees to it.',
	},
	missing: {
		message: 'Should stand in Procore and does not',
		remedy: `${MEND}: that makes it.`,
	},
	notLinked: {
		message: 'Stands in Procore and is not linked with GP',
		remedy: `${MEND}: that links it.`,
	},
	editedInProcore: {
		message: 'Was changed in Procore; GP still has what was sent',
		remedy: `${MEND_EDITED}; or correct GP.`,
	},
	inactiveInProcore: {
		message: 'Is inactive in Procore and active in GP',
		remedy: `Set it inactive in GP as well. To have it made active: ${MEND_EDITED}.`,
	},
	changedInGp: EXPLANATIONS.changedInGp,
	mappingChanged: {
		message: 'Is mapped otherwise than when it was sent; GP and Procore still have what was sent',
		remedy: `${MEND}: that sends it as it is mapped now.`,
	},
	changedSinceSent: {
		message: 'It or its mapping was changed after it was sent; Procore still has what was sent',
		remedy: `${MEND}: that sends it.`,
	},
	changedOnBothSides: EXPLANATIONS.changedOnBothSides,
	differs: EXPLANATIONS.differs,
	duplicate: {
		message: 'Stands in Procore more than once',
		remedy: 'Merge the two in Procore’s directory.',
	},
	conflict: {
		message: 'Belongs to another owner in Procore',
		remedy: 'See the crosswalk tables.',
	},
	goneFromGp: {
		message: 'Came from GP, but GP no longer has it',
		remedy: 'Deactivate it in Procore by hand if nothing there uses it any more.',
	},
	notRead: {
		message: 'Could not be read, so nothing is known about it',
		remedy: 'See the message, then reconcile again.',
	},
	unsaid: {
		message: 'Cannot be sent, and does not wait in the parked table',
		remedy: `${MEND}: that reads it again, and says.`,
	},
};

const MOST_FIELDS = 4;

/** "name: Acme, in GP Acme Inc.; city: …". */
function changesInWords(changes: readonly FieldChange[]): string {
	const shown = changes.slice(0, MOST_FIELDS).map((change) => {
		const { field, before, after } = redactChange(change);
		return `${field}: ${text(before)}, in GP ${text(after)}`;
	});
	const rest = changes.length - shown.length;
	return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join('; ');
}

function text(value: unknown): string {
	return value === null || value === undefined || value === '' ? 'nothing' : String(value);
}

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
