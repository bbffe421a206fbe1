import type { AuditEventRow } from '../audit/types';

/** Outcomes after which a record stands in Procore as this run left it. */
const WRITTEN = new Set(['created', 'updated', 'adopted', 'voided']);

/** Voucher → Procore projects it was written to: a document that moved is withdrawn from the others. */
export function earlierProjects(events: readonly AuditEventRow[]): Record<string, string[]> {
	const known: Record<string, string[]> = {};
	for (const { gp_key, procore_project_id, dry_run, outcome } of events) {
		if (!procore_project_id || dry_run || !WRITTEN.has(outcome)) continue;
		const projects = (known[gp_key] ??= []);
		if (!projects.includes(procore_project_id)) projects.push(procore_project_id);
	}
	return known;
}
