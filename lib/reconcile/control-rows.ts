import { add, toFixed, type Decimal } from '../model/money';
import type { Became } from './became-of';
import type { Control } from './control-totals';

export const BECAME: Record<Became, string> = {
	sent: 'in Procore',
	requested: 'asked for',
	waiting: 'waiting',
	notDue: 'changed since the last run',
	leftOut: 'left out',
	leftOutNow: 'left out by this comparison, its event is no longer there',
	missing: 'missing in Procore',
	notRead: 'could not be read',
	unsaid: 'nobody said what became of it',
};

/** Columns of gpp_reconciliation for documents counted by what became of them: header amounts, not cost. */
export interface ControlCells {
	gp_amount: string;
	/** Header amounts of documents that are neither in Procore nor accounted for otherwise. */
	difference: string;
	unexplained: string;
	/** "12 in Procore 3400.00; 2 left out 100.00". */
	explained: string;
}

/** @param amounts whether the list told them all */
export function controlCells(control: Control, amounts: boolean): ControlCells {
	const entries = (Object.keys(BECAME) as Became[]).flatMap((became) =>
		control[became] ? [{ became, ...control[became] }] : [],
	);
	const sum = (of: Became[]): Decimal =>
		add('0', ...entries.filter(({ became }) => of.includes(became)).map(({ amount }) => amount));
	const shown = (amount: Decimal) => (amounts ? toFixed(amount) : '');
	return {
		gp_amount: shown(add('0', ...entries.map(({ amount }) => amount))),
		difference: shown(sum(['missing', 'notRead', 'unsaid'])),
		unexplained: shown(sum(['unsaid'])),
		explained: entries
			.map(({ became, documents, amount }) =>
				[documents, BECAME[became], shown(amount)].filter((part) => part !== '').join(' '),
			)
			.join('; '),
	};
}

/** "Of 60 documents GP lists 48 are in Procore, 3 waiting, 9 left out." */
export function controlInWords(control: Control): string {
	const entries = (Object.keys(BECAME) as Became[]).flatMap((became) => {
		const documents = control[became]?.documents ?? 0;
		return documents > 0 ? [{ documents, words: BECAME[became] }] : [];
	});
	const all = entries.reduce((sum, { documents }) => sum + documents, 0);
	if (all === 0) return '';
	return `Of the ${all} documents GP lists: ${entries.map(({ documents, words }) => `${documents} ${words}`).join(', ')}.`;
}
