import { createGpClient, type GpClient } from '../../../lib/gp/gp-client';
import type { GpError } from '../../../lib/gp/errors/gp-error';
import type { RowSource } from '../../../lib/gp/doors/rows/row-sets';
import type { GpSite } from '../../../lib/gp/site';

/** A client whose rows come from `source`; it has no server to call. */
export function rowsClient(
	source: RowSource | undefined,
	more: Partial<GpSite> = {},
	now = () => Date.parse('2026-07-01T00:00:00Z'),
): { client: GpClient; bad: GpError[] } {
	const bad: GpError[] = [];
	const client = createGpClient({
		site: {
			serviceAddress: '',
			tenant: '',
			company: '',
			companyId: 'TWO',
			profileName: 'rows',
			rowsWorkflow: 'rows-of-the-test',
			...more,
		},
		http: {
			request: async () => {
				throw new Error('this door calls no server');
			},
		},
		...(source ? { rows: source } : {}),
		effects: {
			now,
			sleep: async () => undefined,
			random: () => 0.5,
		},
		throttle: { gapMs: 0, concurrency: 2 },
		onBadRecord: (fault) => bad.push(fault),
	});
	return { client, bad };
}
