import type { AlertRow } from '../../../../lib/alerts/alerts';

/** A row as it may be written: n8n's own columns cannot be. */
export function writable(row: AlertRow): AlertRow {
	const {
		id: _id,
		createdAt: _created,
		updatedAt: _updated,
		...rest
	} = row as AlertRow & Record<'createdAt' | 'updatedAt', unknown>;
	return rest;
}
