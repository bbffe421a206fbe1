import type { ParkedRow } from '../../lib/audit/event-row';
import { causeKey } from '../../lib/model/keys';
import type { Outcome } from '../../lib/model/outcome';
import { missingVendors } from '../../lib/run/events-of-batch';
import { owedRecords } from '../../lib/run/parked-rows';

const RUN = { runId: 'r1', now: '2026-06-01T00:00:00.000Z' };
const waits = (voucher: string, vendor: string, code = 'vendor-missing') =>
	({
		kind: 'outcome',
		outcome: 'failed',
		source: { company: 'TWO', entity: 'payable', key: `1;${voucher}`, label: '', hash: '' },
		reason: { code, causeKey: causeKey('V', vendor), message: '', remedy: '' },
	}) as unknown as Outcome;

test('a vendor that documents newly wait for is read from GP by the next run, once', () => {
	const rows = missingVendors(
		[waits('1', 'ACME'), waits('2', 'ACME'), waits('3', 'BOLT')],
		[],
		RUN,
	);
	expect(rows).toMatchObject([
		{ entity: 'vendor', gp_company: 'TWO', gp_key: 'ACME', payload: '' },
		{ entity: 'vendor', gp_company: 'TWO', gp_key: 'BOLT', payload: '' },
	]);
	expect(owedRecords(rows, 'TWO', Date.parse(RUN.now)).map(({ key }) => key)).toEqual([
		'ACME',
		'BOLT',
	]);
});

test('not again for a document that waited for it already, nor for another reason', () => {
	const row = { gp_key: '1;1', reason_code: 'vendor-missing' } as ParkedRow;
	expect(missingVendors([waits('1', 'ACME')], [row], RUN)).toEqual([]);
	expect(missingVendors([waits('1', 'ACME', 'row-refused')], [], RUN)).toEqual([]);
	expect(missingVendors([waits('1', '')], [], RUN)).toEqual([]);
});
