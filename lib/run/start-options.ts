import type { RunPart, RunState } from '../audit/types';
import { sentByForm } from './forms/answers';
import { ENTITIES, ENTITY_OF_PART, PARTS_IN_ORDER, STREAMS } from '../streams/streams';

/** How a run is to go, as the first step of the sync hands it on. */
export interface StartOptions {
	start_kind: RunState['startKind'];
	dry_run: boolean;
	/** `YYYY-MM-DD`, or what a form or another workflow gave; blank goes on from the watermark. */
	read_from: string;
	parts: RunPart[];
	only_requested: boolean;
	by_form: boolean;
	/** What pressing the button of the form's second page begins. */
	promise: string;
}

/** Questions of the sync's form, and what their answers mean. */
export const SYNC_FORM = {
	dryRun: 'Dry run',
	dryRunYes: 'Yes, only show what would happen',
	dryRunNo: 'No, write to Procore',
	readFrom: 'Read again from this date',
	parts: 'Parts',
	labels: ENTITIES.map((entity) => STREAMS[entity].label),
} as const;

/**
 * What started the run, told apart by what it hands over: the form its answers, n8n's schedule a
 * `timestamp`, another workflow the options themselves, and the manual trigger nothing.
 */
export function readStart(given: Record<string, unknown>): StartOptions {
	const byForm = sentByForm(given);
	const dryRun = given.dry_run === true || text(given[SYNC_FORM.dryRun]).startsWith('Yes');
	const labels = listOf(given[SYNC_FORM.parts]);
	const ticked = PARTS_IN_ORDER.filter((part) =>
		labels.includes(STREAMS[ENTITY_OF_PART[part]].label),
	);
	const told = listOf(given.parts);
	const parts = told.length > 0 ? PARTS_IN_ORDER.filter((part) => told.includes(part)) : ticked;
	return {
		start_kind:
			(text(given.start_kind) as RunState['startKind']) ||
			(byForm ? 'form' : given.timestamp ? 'schedule' : 'manual'),
		dry_run: dryRun,
		read_from: text(given.read_from) || text(given[SYNC_FORM.readFrom]),
		parts: parts.length > 0 ? parts : [...PARTS_IN_ORDER],
		only_requested: given.only_requested === true,
		by_form: byForm,
		promise: dryRun
			? 'a dry run, which writes nothing to Procore.'
			: 'a run that writes to Procore what GP has.',
	};
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const listOf = (value: unknown): string[] =>
	Array.isArray(value) ? value.map(String) : typeof value === 'string' && value ? [value] : [];
