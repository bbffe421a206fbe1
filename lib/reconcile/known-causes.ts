import type { SentEvidence } from '../sync/standing/as-sent';
import { EXPLANATIONS } from './explanations';
import type { DifferenceCause } from './reconcile.types';

/** A cause that is certain whatever else waits, in its own words. */
export interface KnownCause {
	cause: DifferenceCause;
	message: string;
	remedy: string;
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
	remedy: 'Ask for it to be fixed: the next run looks once more, and takes it from the table.',
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
	remedy: 'Nothing to do. To send them, change the commitments setting of the mapping.',
};

export const TAX_OF_PROCORE: KnownCause = {
	cause: 'skipped',
	message: 'Tax that Procore works out itself by the tax code of the lines',
	remedy: 'Nothing to do.',
};
