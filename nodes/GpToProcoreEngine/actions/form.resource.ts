import type { IDataObject } from 'n8n-workflow';

import { readExportForm } from '../../../lib/audit/export';
import { readReconcileForm, readReplayForm, readSetupForm } from '../../../lib/run/forms';
import { toItem } from '../../shared/item-kinds';
import { type Operation, type OperationOption, resource } from '../../shared/operations';

/** Reads what started a workflow into checked values: one item, whatever it was. */
export const readForm = (
	option: OperationOption,
	read: (answers: IDataObject, now: string) => object,
): Operation => ({
	option,
	async execute() {
		const [first] = this.getInputData();
		return [[toItem(read(first?.json ?? {}, new Date().toISOString()), 0)]];
	},
});

export const form = resource('form', 'replay', [
	readForm(
		{
			name: 'Export',
			value: 'export',
			action: 'Read what the export form asks for',
			description: 'Which rows of which table are to go into which file',
		},
		readExportForm,
	),
	readForm(
		{
			name: 'Reconcile',
			value: 'reconcile',
			action: 'Read what the reconcile form asks for',
			description: 'Which months are compared, and what becomes of differences',
		},
		readReconcileForm,
	),
	readForm(
		{
			name: 'Replay',
			value: 'replay',
			action: 'Read what the replay form asks for',
			description: 'Which records are asked for again, by a form or by another workflow',
		},
		readReplayForm,
	),
	readForm(
		{
			name: 'Setup',
			value: 'setup',
			action: 'Read what the setup form asks for',
			description: 'From when on rows are linked by themselves, and how far back is looked',
		},
		readSetupForm,
	),
]);
