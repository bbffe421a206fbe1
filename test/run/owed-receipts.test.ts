import type { ParkedRow } from '../../lib/audit/event-row';
import { owedRecords } from '../../lib/run/parked-rows';

const row = (given: Partial<ParkedRow>): ParkedRow =>
	({
		gp_company: 'TWO',
		entity: 'payable',
		gp_key: '1;00417',
		reason_code: 'cost-on-receipt',
		payload: '{"kind":"payable"}',
		last_tried_at: '2026-06-01T00:00:00.000Z',
		first_parked_at: '2026-06-01T00:00:00.000Z',
		tries: 3,
		...given,
	}) as ParkedRow;
const NOW = Date.parse('2026-07-01T00:00:00Z');

test('what waits for the cost on a receipt is read again where receipts can be read, and nowhere else', () => {
	expect(owedRecords([row({})], 'TWO', NOW, true).map(({ key }) => key)).toEqual(['1;00417']);
	expect(owedRecords([row({})], 'TWO', NOW)).toEqual([]);
	expect(owedRecords([row({ reason_code: 'no-job' })], 'TWO', NOW, true)).toEqual([]);
});
