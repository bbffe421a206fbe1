import type { ParkedRow } from '../../lib/audit/event-row';
import { causeKey } from '../../lib/model/keys';
import type { Outcome } from '../../lib/model/outcome';
import { recordsLacked } from '../../lib/run/events-of-batch';
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
	const rows = recordsLacked([waits('1', 'ACME'), waits('2', 'ACME'), waits('3', 'BOLT')], [], RUN);
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
	expect(recordsLacked([waits('1', 'ACME')], [row], RUN)).toEqual([]);
	expect(recordsLacked([waits('1', 'ACME', 'row-refused')], [], RUN)).toEqual([]);
	expect(recordsLacked([waits('1', '')], [], RUN)).toEqual([]);
});

const lacksCode = (voucher: string, lacks?: { entity: 'account'; key: string }) =>
	({
		...waits(voucher, ''),
		reason: {
			code: 'cost-code-missing',
			causeKey: causeKey('C', '9001/5110'),
			...(lacks ? { lacks } : {}),
		},
	}) as unknown as Outcome;
const ACCOUNT = { entity: 'account', key: '300-5110-02' } as const;

test('so is the account of a cost code that a project lacks, where one brings it', () => {
	const rows = recordsLacked(
		[lacksCode('1', ACCOUNT), lacksCode('2', ACCOUNT), lacksCode('3')],
		[],
		RUN,
	);
	expect(rows).toMatchObject([
		{ entity: 'account', gp_key: '300-5110-02', cause_key: 'C:9001/5110', payload: '' },
	]);
	expect(owedRecords(rows, 'TWO', Date.parse(RUN.now))).toHaveLength(1);
});

test.each([
	['an hour', '2026-05-31T23:00:00.000Z', 0],
	['a day', '2026-05-31T00:00:00.000Z', 1],
])('while a document waits, it is read again once a day: after %s', (_, last_tried_at, count) => {
	const row = { gp_key: '1;1', reason_code: 'cost-code-missing', last_tried_at } as ParkedRow;
	expect(recordsLacked([lacksCode('1', ACCOUNT)], [row], RUN)).toHaveLength(count);
});
