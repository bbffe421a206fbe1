import type { ExportedTable } from './export-rows';

/** Questions of the export form, and what its answers mean. */
export const EXPORT_FORM = {
	what: 'What',
	whatChoices: {
		'Events: what became of each record': 'events',
		Runs: 'runs',
		'Parked records: what waits': 'parked',
		'Check of the audit trail': 'verdicts',
	},
	file: 'File',
	excel: 'Excel',
	csv: 'CSV',
	firstDay: 'First day',
	lastDay: 'Last day',
} as const satisfies Record<string, string | Record<string, ExportedTable>>;

export interface ExportOptions {
	by_form: boolean;
	/** Blank where none was chosen: then nothing is read. */
	table: ExportedTable | '';
	excel: boolean;
	/** `YYYY-MM-DD`; blank from the beginning, or up to now. */
	from: string;
	to: string;
	/** Behind every instant of the last day, as text. */
	until: string;
	/** Name of the file without its ending. */
	file: string;
}

export function readExportForm(given: Record<string, unknown>): ExportOptions {
	const form = EXPORT_FORM;
	const text = (name: string) => (typeof given[name] === 'string' ? String(given[name]) : '');
	const label = text(form.what);
	const table = Object.hasOwn(form.whatChoices, label)
		? form.whatChoices[label as keyof typeof form.whatChoices]
		: '';
	const [from, to] = [text(form.firstDay).slice(0, 10), text(form.lastDay).slice(0, 10)];
	return {
		// n8n itself adds these two, see lib/run/forms/answers.
		by_form: Boolean(given.formMode ?? given.submittedAt),
		table,
		excel: text(form.file) === form.excel,
		from,
		to,
		until: to ? `${to}T99` : '9999',
		file: ['gp-to-procore', table, from, to].filter(Boolean).join('-'),
	};
}
