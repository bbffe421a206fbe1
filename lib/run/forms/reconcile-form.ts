import { choiceOf, monthsBefore, sentByForm, textOf, type Given } from './answers';

/** Questions of the reconcile form, and what their answers mean. */
export const RECONCILE_FORM = {
	from: 'From',
	to: 'To',
	edited: 'What was edited in Procore',
	editedChoices: { 'Report and keep': 'keep', "Put GP's values back": 'overwrite' },
	differs: 'What differs',
	differsChoices: { 'Only report it': 'report', 'Have it mended by the next run': 'mend' },
} as const;

/** What is to be compared, and what becomes of differences. */
export interface ReconcileOptions {
	by_form: boolean;
	/** `YYYY-MM`; blank for all there is. */
	from_month: string;
	to_month: string;
	drift: 'keep' | 'overwrite';
	mend: boolean;
	/** What pressing the button of the second page does. */
	promise: string;
}

/** Every week the last three months, by hand everything, by form what was answered. */
export function readReconcileForm(given: Given, now: string): ReconcileOptions {
	const { from, to, edited, editedChoices, differs, differsChoices } = RECONCILE_FORM;
	const mend = choiceOf(given, differs, differsChoices) === 'mend';
	const scheduled = textOf(given, 'timestamp') !== '';
	return {
		by_form: sentByForm(given),
		from_month: textOf(given, from).slice(0, 7) || (scheduled ? monthsBefore(now, 3) : ''),
		to_month: textOf(given, to).slice(0, 7),
		drift: choiceOf(given, edited, editedChoices) ?? 'keep',
		mend,
		promise: `to compare both books${mend ? ' and to have the next run mend what differs' : ''}.`,
	};
}
