import type { SentEvidence } from '../sync/standing/as-sent';
import type {
	AccountBooksOptions,
	DifferenceCause,
	ExpectedCost,
	RecordCause,
	StandingDirectCost,
} from './reconcile.types';

/** How a person has the next run mend a difference, in the words of the form. */
export const MEND = 'Answer “Have it mended by the next run” in “Reconcile with options”';
/** The same where somebody may have edited it in Procore. */
export const MEND_EDITED = `${MEND}, and “Put GP's values back” beside it`;

/** What each cause means to an accountant, and what is done about it. */
export const EXPLANATIONS: Record<DifferenceCause, { message: string; remedy: string }> = {
	parked: { message: 'Waits in the parked table', remedy: 'See the parked table.' },
	skipped: { message: 'Left out on purpose', remedy: 'Nothing to do.' },
	unposted: {
		message: 'Not posted in GP, so it is a draft in Procore',
		remedy: 'Post it in GP; the next run approves it.',
	},
	missing: {
		message: 'Should stand in Procore and does not',
		remedy: `${MEND}: that creates it again.`,
	},
	editedInProcore: {
		message: 'Was changed in Procore after it came from GP; GP still has what was sent',
		remedy: `${MEND_EDITED}; or correct GP.`,
	},
	changedInGp: {
		message: 'Was changed in GP after it was sent; Procore still has what was sent',
		remedy: `Run the sync. Where it still differs: ${MEND}.`,
	},
	mappingChanged: {
		message:
			'Is mapped otherwise than when it was sent (crosswalk, rules or policies); GP and Procore still have what was sent',
		remedy: `${MEND}: that sends it as it is mapped now.`,
	},
	changedSinceSent: {
		message:
			'The document or its mapping was changed after it was sent; Procore still has what was sent',
		remedy: `${MEND}: that sends it.`,
	},
	changedOnBothSides: {
		message: 'Was changed after it was sent, and was changed in Procore, too',
		remedy: `Look at both. To have GP’s values sent: ${MEND_EDITED}.`,
	},
	differs: {
		message: 'Stands in Procore otherwise than in GP; nothing shows which side was changed',
		remedy: `Look at both. To have GP’s values sent: ${MEND_EDITED}.`,
	},
	notYetVoided: {
		message: 'Is voided in GP and still counts in Procore',
		remedy: 'Run the sync; it becomes a draft.',
	},
	duplicate: {
		message: 'Stands in Procore more than once',
		remedy: 'Delete the copy in Procore.',
	},
	stale: {
		message: 'Stands in a project where the mapping no longer puts it',
		remedy: `${MEND}: that takes it out of this project.`,
	},
	asSent: {
		message:
			'Stands as it was sent: GP keeps no distributions of it any more that it could be compared with',
		remedy:
			'Nothing to do. To have later documents compared, switch on Distribution history in GP (Cards > Purchasing > Vendor > Options).',
	},
	asSentEdited: {
		message:
			'Was changed in Procore after it was sent, and GP keeps no distributions of it any more to mend it from',
		remedy:
			'Set it back by hand in Procore, by its story on the page and its change history there, or let it stand as changed.',
	},
	goneFromGp: {
		message: 'Came from GP, but GP no longer has it',
		remedy:
			'Look the voucher up in GP. If it was deleted, set the direct cost to draft in Procore.',
	},
	notFromGp: {
		message: 'Was entered in Procore by hand or by another program',
		remedy: 'Enter it in GP too, or leave it if it belongs in Procore only.',
	},
	waitingRequest: {
		message: 'Waits to be read again from GP',
		remedy: 'Nothing to do: the next run sees to it.',
	},
	notRead: {
		message: 'Could not be read, so nothing is known about it',
		remedy: 'See the message, then reconcile again.',
	},
	unrecorded: {
		message:
			'A batch that was cut off, or is still at work, wrote it to Procore, and no event tells of that yet',
		remedy: 'Run the sync: it finds the mark of that batch and gives the write its event.',
	},
	unsaid: {
		message: 'GP lists it, and no run said what became of it',
		remedy: `${MEND}: that reads it again, and says.`,
	},
	contradicted: {
		message: 'GP’s list tells it otherwise than the document itself',
		remedy: `Compare both with GP, and check the field names in the site profile. To have it read again: ${MEND}.`,
	},
	unexplained: {
		message: 'The two sides of the comparison do not add up for this document',
		remedy: 'Report this as a defect, with the record of the voucher.',
	},
};

/** A cause that is certain whatever else waits, in its own words. */
export interface KnownCause {
	cause: DifferenceCause;
	message: string;
	remedy: string;
	/** No run mends it, whatever is mended of that cause. */
	byHand?: true;
}

/** A cause in its usual words. */
export function plain(cause: DifferenceCause): KnownCause {
	return { cause, ...EXPLANATIONS[cause] };
}

const READ_ALL =
	'Run Survey in the Dynamics GP node and take over its site profile; then run the sync with Read again from this date.';

export const NOT_LISTED: KnownCause = {
	cause: 'notRead',
	message:
		'GP has it, but the list that runs and this comparison read did not hold it: it was found by another way of reading',
	remedy: READ_ALL,
};

export const MAYBE_GONE: KnownCause = {
	cause: 'notRead',
	message:
		'Came from GP, and the list that was read does not hold it; but that list is not proven complete, and GP was not asked for it or did not answer',
	remedy: READ_ALL,
};

export const PARKED_AND_GONE: KnownCause = {
	cause: 'goneFromGp',
	message: 'Waits in the parked table, but GP no longer has it',
	remedy: `${MEND}: that looks once more, and takes it from the table.`,
};

export const OTHER_MONTH: KnownCause = {
	cause: 'differs',
	message:
		'GP dates it in a month outside this comparison, Procore inside it; nothing shows which side was changed',
	remedy: 'Compare with the months of both dates: that names the cause.',
};

/** A record whose lines GP no longer tells, by what is shown of it in Procore. */
export const AS_SENT: Readonly<Record<SentEvidence['procore'], KnownCause>> = {
	asSent: { cause: 'asSent', ...EXPLANATIONS.asSent },
	edited: { cause: 'asSentEdited', ...EXPLANATIONS.asSentEdited },
	unknown: {
		cause: 'asSent',
		message:
			'GP keeps no distributions of it any more that it could be compared with, and whether each line still stands as it was sent cannot be shown',
		remedy: EXPLANATIONS.asSent.remedy,
	},
};

export const AS_SENT_IN_NO_BUDGET: KnownCause = {
	cause: 'asSentEdited',
	message:
		'Is posted in GP, but stands in Procore without counting (a draft, or without lines), and GP keeps no distributions of it any more to send it from',
	remedy: 'Enter its lines and approve it by hand in Procore, or leave it if it is no cost.',
};

export const BILLS_AN_ORDER: KnownCause = {
	cause: 'skipped',
	message: 'Bills an order of the project; such documents are left out',
	remedy: 'Nothing to do. To send them, change the policy "Commitments" of the Mapping node.',
};

export const TAX_OF_PROCORE: KnownCause = {
	cause: 'skipped',
	message: 'Tax that Procore works out itself by the tax code of the lines',
	remedy: 'Nothing to do.',
};

/**
 * Why a document stands in Procore otherwise than GP wants it, by what can be shown about both sides
 * since it was sent. What was not shown is not claimed.
 *
 * | GP \\ Procore | as sent | edited | unknown |
 * |---|---|---|---|
 * | as sent | differs | editedInProcore | editedInProcore |
 * | document changed | changedInGp | changedOnBothSides | differs |
 * | mapping changed | mappingChanged | changedOnBothSides | differs |
 * | changed | changedSinceSent | changedOnBothSides | differs |
 * | unknown | differs | differs | differs |
 */
const CAUSES: Record<SentEvidence['gp'], Record<SentEvidence['procore'], DifferenceCause>> = {
	asSent: { asSent: 'differs', edited: 'editedInProcore', unknown: 'editedInProcore' },
	documentChanged: { asSent: 'changedInGp', edited: 'changedOnBothSides', unknown: 'differs' },
	mappingChanged: { asSent: 'mappingChanged', edited: 'changedOnBothSides', unknown: 'differs' },
	changed: { asSent: 'changedSinceSent', edited: 'changedOnBothSides', unknown: 'differs' },
	unknown: { asSent: 'differs', edited: 'differs', unknown: 'differs' },
};

export function causeOf({ gp, procore }: SentEvidence): DifferenceCause {
	return CAUSES[gp][procore];
}

/**
 * Why what GP wants of a document is not what stands in Procore.
 *
 * | GP wants | Procore | cause |
 * |---|---|---|
 * | voided | voided as it was sent, and counts again | editedInProcore |
 * | voided | otherwise | notYetVoided |
 * | a draft | nothing, or a draft | unposted |
 * | it | something | as the evidence shows |
 * | it | nothing | missing |
 */
export function causeOfCost(
	cost: ExpectedCost,
	actual: StandingDirectCost | undefined,
	evidenceOf?: (cost: ExpectedCost, actual: StandingDirectCost) => SentEvidence,
): DifferenceCause {
	const evidence = (actual && evidenceOf?.(cost, actual)) ?? NOTHING_SHOWN;
	if (cost.voided) return evidence.gp === 'asSent' ? 'editedInProcore' : 'notYetVoided';
	if (cost.header.status === 'draft' && (!actual || actual.status === 'draft')) return 'unposted';
	return actual ? causeOf(evidence) : 'missing';
}

/**
 * Why what stands beside the amounts is not what GP wants, the amounts being right: by the same table.
 * A document that is to count, and does.
 */
export function causeOfHeader(
	cost: ExpectedCost,
	actual: StandingDirectCost,
	evidenceOf?: (cost: ExpectedCost, actual: StandingDirectCost) => SentEvidence,
): DifferenceCause {
	return causeOf(evidenceOf?.(cost, actual) ?? NOTHING_SHOWN);
}

const NOTHING_SHOWN: SentEvidence = { gp: 'unknown', procore: 'unknown' };

/** Causes that hold whatever waits. */
const FOR_CERTAIN: ReadonlySet<DifferenceCause> = new Set([
	'duplicate',
	'asSent',
	'asSentEdited',
	'notRead',
]);

/** What waits, by GP key of the document. */
export type Waits = Pick<AccountBooksOptions, 'parked' | 'requested'>;

/** A document that waits is no fault: its row says what it waits for. */
export function causeWhileWaiting(
	key: string,
	cause: DifferenceCause,
	{ parked, requested }: Waits,
): DifferenceCause {
	if (key === '' || FOR_CERTAIN.has(cause)) return cause;
	if (requested?.has(key)) return 'waitingRequest';
	return parked?.has(key) ? 'parked' : cause;
}

type Cause = DifferenceCause | RecordCause;

/** What a run can mend by itself, and puts no edit back. */
const MENDED: ReadonlySet<Cause> = new Set<Cause>([
	'missing',
	'notLinked',
	// Procore was shown to have what was sent.
	'changedInGp',
	'mappingChanged',
	'changedSinceSent',
	'notYetVoided',
	'stale',
	// Read again, they are said, or read rightly.
	'unsaid',
	'contradicted',
]);

/** What somebody edited in Procore, or may have: only where GP is to win. */
const MAY_BE_EDITED: ReadonlySet<Cause> = new Set<Cause>([
	'editedInProcore',
	'inactiveInProcore',
	'changedOnBothSides',
	'differs',
]);

/** Whether the next run can mend it. `drift`: what becomes of edits made in Procore. */
export function isMended(cause: Cause, drift: 'overwrite' | 'keep'): boolean {
	return MENDED.has(cause) || (drift === 'overwrite' && MAY_BE_EDITED.has(cause));
}
