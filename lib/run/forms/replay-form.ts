import type { AuditEventRow, ParkedRow } from '../../audit/types';
import type { ReplayAsk } from '../requests/request.types';
import { choiceOf, sentByForm, textOf, type Given } from './answers';

/** Questions of the replay form, and the values behind their answers. */
export const REPLAY_FORM = {
	what: 'What',
	whatChoices: {
		'The records named below': 'records',
		'All that failed or wait': 'waiting',
		'All handled between two days': 'handled',
		'All that GP changed since a day': 'changed',
	},
	records: 'Records',
	firstDay: 'First day',
	lastDay: 'Last day',
	kind: 'Kind',
	kindChoices: {
		Any: '',
		Vendors: 'vendor',
		'GL accounts': 'account',
		'Payables documents': 'payable',
	},
	company: 'GP company',
	data: 'Data',
	dataChoices: { 'Read again from GP': 'gp', 'The record as it was stored': 'stored' },
	askedBy: 'Asked by',
} as const;

/** A replay as a form or another workflow asked for it. */
export interface ReplayQuestion extends Omit<ReplayAsk, 'choice' | 'use'> {
	by_form: boolean;
	choice: string;
	use: string;
}

/** Which events are looked at to find the records. */
export interface ReplaySearch {
	where: 'name' | 'day' | 'nowhere';
	/** A voucher is found with and without the zeros in front of it. */
	names: string[];
	/** Instants between which events are looked at. */
	since: string;
	until: string;
}

/** A form gives answers by their questions, another workflow the values themselves. */
export function readReplayForm(given: Given): ReplayQuestion {
	const form = REPLAY_FORM;
	return {
		by_form: sentByForm(given),
		choice: choiceOf(given, form.what, form.whatChoices) ?? textOf(given, 'choice'),
		search: textOf(given, form.records, 'search'),
		from: textOf(given, form.firstDay, 'from'),
		to: textOf(given, form.lastDay, 'to'),
		entity:
			choiceOf(given, form.kind, form.kindChoices) ??
			(textOf(given, 'entity') as ReplayQuestion['entity']),
		company: textOf(given, form.company, 'company'),
		use: choiceOf(given, form.data, form.dataChoices) ?? textOf(given, 'use'),
		by: textOf(given, form.askedBy, 'by') || 'replay form',
	};
}

/** By name, by day, or nowhere: the parked table is enough, or GP itself is asked. */
export function searchFor(ask: ReplayQuestion, parked: readonly ParkedRow[]): ReplaySearch {
	const { choice, use, search, from, to } = ask;
	const byDay = choice === 'handled';
	// A stored record may only go when nothing newer went since it was last tried.
	const firstTried = parked
		.map((row) => row.last_tried_at)
		.filter(Boolean)
		.sort()[0];
	return {
		where:
			choice === 'records' && search.replace(/[\s,0]/g, '') !== ''
				? 'name'
				: byDay || (choice === 'waiting' && use === 'stored')
					? 'day'
					: 'nowhere',
		names: search
			.split(/[\n\r,]+/)
			.map((name) => name.trim().replace(/^0+(?=.)/, ''))
			.filter(Boolean),
		since: (byDay ? from : firstTried) || NEVER,
		until: byDay && to ? `${to}T99` : NEVER,
	};
}

/** Later than any instant, as text. */
const NEVER: AuditEventRow['at'] = '9999';
