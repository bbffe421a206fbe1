import { read, utils, write } from '@e965/xlsx';
import { type ExportedTable, exportRows } from '../../../lib/audit/export';
import { runStepsInTurns } from '../../../lib/http/read-body';
import { rememberSecret } from '../../../lib/model/redact';
import { CANARY, type Kind } from '../case.types';
import { writtenOut } from './written-out';

/** Rows as the export form makes a file of them: n8n writes them with this library. */
export const exported: Kind = async ({ input, show }): Promise<void> => {
	for (const secret of Object.values(CANARY)) rememberSecret(secret);
	const {
		cell,
		rows: count = 1,
		table = 'events',
		columns,
	} = writtenOut(input) as {
		cell: unknown;
		rows?: number;
		table?: ExportedTable;
		columns?: Record<string, unknown>;
	};
	const row = { at: '2026-06-01T00:00:00.000Z', gp_amount: cell, reason: cell, ...columns };
	const given = Array.from({ length: count }, () => row);
	const made = await runStepsInTurns(exportRows({ table, rows: given, from: '', to: '' }));
	for (const one of made.slice(0, 100)) show(Object.values(one).map(String).join('\n'));
	if (count > 1_000) return;
	const sheet = utils.json_to_sheet(made);
	const file = read(write({ SheetNames: ['a'], Sheets: { a: sheet } }, { type: 'buffer' }));
	for (const [at, value] of Object.entries(Object.values(file.Sheets)[0]!)) {
		if (at.startsWith('!')) continue;
		if ((value as { f?: string }).f !== undefined) throw new Error(`a formula in ${at}`);
	}
	for (const separator of [',', ';', '\t']) {
		const cells = utils.sheet_to_csv(sheet, { FS: separator }).split(/[,;\t\n\r]/);
		const acting = cells.find(
			(one) =>
				/^["' \u00a0]*[=+@|\-\uff1d]/.test(one) && !/^["' ]*(?:'|-?\d+(?:\.\d+)?"?$)/.test(one),
		);
		if (acting) throw new Error(`a cell that acts: ${acting.slice(0, 50)}`);
	}
};
