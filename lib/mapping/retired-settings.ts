import type { MappingSettings } from './types';

/** Settings that are no more, with the values that decided something and what is said about them. */
const RETIRED: Record<string, { said: string; about: string }> = {
	// Procore's payment_date is the day a cost was paid; a due date there calls open invoices paid.
	paymentDate: {
		said: 'due',
		about:
			'The policy "Due Date Becomes" is no more and is treated as not set: the payment date in Procore is the day a cost was paid. Remove it in the Mapping node; to keep the due date in sight, add "Due Date" to "Description Shows". Payment dates written before stay in Procore until they are changed there.',
	},
};

/** Settings as they decide, without those that are no more, and what to tell about these. */
export function withoutRetired<Settings extends Partial<MappingSettings>>(
	settings: Settings,
): { settings: Settings; problems: string[] } {
	const kept = Object.entries(settings).filter(([name]) => !Object.hasOwn(RETIRED, name));
	const given = settings as Record<string, unknown>;
	return {
		settings: Object.fromEntries(kept) as Settings,
		problems: Object.entries(RETIRED)
			.filter(([name, { said }]) => given[name] === said)
			.map(([, { about }]) => about),
	};
}
