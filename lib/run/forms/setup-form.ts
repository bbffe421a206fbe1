import { monthsBefore, sentByForm, textOf, type Given } from './answers';

/** Questions of the setup form, and what their answers mean: percent from which a row is linked by itself. */
export const SETUP_FORM = {
	link: 'Link by itself',
	linkChoices: {
		'What is written the same but for legal form, abbreviation and punctuation (97 %)': 97,
		'Only what is exactly the same (100 %)': 100,
		'Nothing: I choose each one myself': 101,
	},
	from: 'Look through payables from',
} as const;

export interface SetupOptions {
	by_form: boolean;
	/** 97 by default; 101 links nothing. */
	threshold: number;
	/** `YYYY-MM`. */
	payables_from: string;
}

/** By hand a year is looked through, and linked what differs in spelling only. */
export function readSetupForm(given: Given, now: string): SetupOptions {
	const { link, linkChoices, from } = SETUP_FORM;
	const chosen = textOf(given, link);
	const known = Object.hasOwn(linkChoices, chosen);
	return {
		by_form: sentByForm(given),
		threshold: known ? linkChoices[chosen as keyof typeof linkChoices] : chosen === '' ? 97 : 101,
		payables_from: textOf(given, from).slice(0, 7) || monthsBefore(now, 12),
	};
}
