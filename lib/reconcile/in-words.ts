import { isZero, toFixed, type Decimal } from '../model/money';
import { controlInWords } from './control-rows';
import type { Comparison } from './account-books';
import type { DifferenceCause } from './reconcile.types';

const CAUSES: Record<DifferenceCause, string> = {
	parked: 'wait in the parked table',
	skipped: 'left out on purpose',
	unposted: 'not posted in GP',
	missing: 'missing in Procore',
	editedInProcore: 'edited in Procore',
	changedInGp: 'changed in GP since it was sent',
	mappingChanged: 'mapped otherwise than when it was sent',
	changedSinceSent: 'changed since it was sent',
	changedOnBothSides: 'changed on both sides',
	differs: 'different, and nothing shows which side changed',
	notYetVoided: 'voided in GP, still counting in Procore',
	duplicate: 'twice in Procore',
	stale: 'in a project the mapping no longer names',
	asSent: 'as sent: GP keeps no distributions any more',
	asSentEdited: 'changed in Procore since it was sent; GP keeps no distributions to mend it from',
	goneFromGp: 'no longer in GP',
	notFromGp: 'entered in Procore only',
	waitingRequest: 'asked for, done by the next run',
	notRead: 'could not be read',
	unrecorded: 'written by a batch that never recorded it',
	unsaid: 'of which no run said what became of it',
	contradicted: 'told otherwise by the list than by the document',
	unexplained: 'unexplained',
};

/** The result for a person, as a title and a few sentences. */
export function inWords(
	{
		total,
		differences,
		documents,
		control,
	}: Pick<Comparison, 'total' | 'differences' | 'documents' | 'control'>,
	mendable: number,
	notProven = '',
	others: readonly string[] = [],
): { title: string; text: string } {
	const agree = isZero(total.unexplained);
	const explained = (Object.entries(total.explained) as Array<[DifferenceCause, Decimal]>)
		.filter(([, amount]) => !isZero(amount))
		.map(([cause, amount]) => `${money(amount)} ${CAUSES[cause]}`);
	const sentences = [
		`GP has ${money(total.gp)} in ${documents} documents, Procore ${money(total.procore)}; the difference is ${money(total.difference)}.`,
		explained.length > 0 ? `Of that, ${explained.join('; ')}.` : '',
		control ? controlInWords(control.total) : '',
		...others,
		notProven === '' ? '' : `Not proven complete: ${notProven}.`,
		agree ? 'Nothing is unexplained.' : `${money(total.unexplained)} is unexplained.`,
		differences.length > 0
			? 'Each difference stands with its document in the table gpp_reconciliation.'
			: '',
		mendable > 0 ? `The next run can mend ${mendable} of the documents.` : '',
	];
	return {
		title: !agree
			? 'There are unexplained differences'
			: notProven === ''
				? 'Every difference is explained'
				: 'Not proven: documents of GP may be missing from this comparison',
		text: sentences.filter(Boolean).join(' '),
	};
}

/** "1,234.50", with a minus where negative. */
function money(amount: Decimal): string {
	return toFixed(amount).replace(/\B(?=(\d{3}){1,20}(?=\.))/g, ',');
}
