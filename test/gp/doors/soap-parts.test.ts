import { createSoapCall, readFault } from '../../../lib/gp/doors/soap/call';
import { follows, keyBetween, readByKeyset } from '../../../lib/gp/doors/soap/keyset';
import { ownDistributions } from '../../../lib/gp/doors/soap/raw-records';
import { Pages, whyNotProven } from '../../../lib/gp/reading/pages';
import { readMessage } from '../../../lib/gp/doors/soap/envelope';

describe('distributions of a document and of a like-numbered payment', () => {
	let sequence = 0;
	const line = (type: number, debit: string, credit: string) => ({
		DistributionTypeKey: { Id: String(type) },
		GLAccountKey: { Id: `000-${type}` },
		DebitAmount: { Value: debit },
		CreditAmount: { Value: credit },
		Key: { SequenceNumber: String((sequence += 1)) },
	});
	const invoice = [line(6, '100', '0'), line(2, '0', '100')];
	const payment = [line(2, '40', '0'), line(1, '0', '40')];

	test('an invoice keeps its own lines, wherever the payment stands', () => {
		expect(ownDistributions([...payment, ...invoice], { Value: '100' }, false)).toEqual(invoice);
		expect(ownDistributions([...invoice, ...payment], { Value: '100.00' }, false)).toEqual(invoice);
	});

	test('a payment with a discount taken goes as a whole', () => {
		const discounted = [line(2, '40', '0'), line(1, '0', '39'), line(4, '0', '1')];
		expect(ownDistributions([...invoice, ...discounted], { Value: '100' }, false)).toEqual(invoice);
	});

	test('a payment of the very same amount is told apart', () => {
		const same = [line(2, '100', '0'), line(1, '0', '100')];
		expect(ownDistributions([...invoice, ...same], { Value: '100' }, false)).toEqual(invoice);
	});

	test('an invoice paid in part when it was entered is whole', () => {
		const paid = [line(6, '100', '0'), line(2, '0', '70'), line(1, '0', '30')];
		expect(ownDistributions(paid, { Value: '100' }, false)).toEqual(paid);
		expect(ownDistributions([...paid, ...payment], { Value: '100' }, false)).toEqual(paid);
	});

	test('a credit memo, whose own payable line is a debit as well', () => {
		const memo = [line(6, '0', '25'), line(2, '25', '0')];
		expect(ownDistributions(memo, { Value: '25' }, true)).toEqual(memo);
		expect(ownDistributions([...memo, ...payment], { Value: '25' }, true)).toEqual(memo);
	});

	test('retainage without a line of its own: out of balance, and nothing foreign', () => {
		const held = [line(6, '100', '0'), line(2, '0', '90')];
		expect(ownDistributions(held, { Value: '100' }, false)).toEqual(held);
	});

	test('what no removal explains stays, and so does what two explain: no line of a payment is a cost', () => {
		const odd = [line(6, '100', '0'), line(2, '0', '90'), ...payment];
		const twice = [
			line(6, '100', '0'),
			line(2, '0', '60'),
			line(1, '0', '40'),
			line(2, '40', '0'),
			{ ...line(1, '0', '40'), GLAccountKey: { Id: 'another-bank' } },
		];
		const discounted = [...invoice, ...payment, line(2, '1', '0'), line(4, '0', '1')];
		const undone = [...invoice, line(6, '0', '100'), line(2, '100', '0')];
		for (const lines of [odd, twice, discounted, undone])
			expect(ownDistributions(lines, { Value: '100' }, false)).toEqual(lines);
	});
});

describe('reading by key', () => {
	test.each([
		['A1', 'A2', true],
		['A2', 'A1', false],
		['a2', 'A10', false],
		['ACME', 'ACME2', true],
		['CO-OP', 'COOP', null],
	])('%s before %s: %s', (earlier, later, verdict) => {
		expect(follows(earlier, later)).toBe(verdict);
	});

	test('a key between two others is between them and ends', () => {
		for (const [low, high] of [
			['00000000000000001', '00000000000000900'],
			['ACME', 'ZETA'],
			['', 'B'],
		]) {
			let [after, steps] = [low, 0];
			for (
				let middle = keyBetween(after, high);
				middle !== null;
				middle = keyBetween(after, high)
			) {
				expect(middle > after && middle < high).toBe(true);
				after = middle;
				expect((steps += 1)).toBeLessThan(120);
			}
		}
		expect(keyBetween('00000000000000416', '00000000000000417')).toBeNull();
	});

	test('a server that ignores the key gives up proof, not time', async () => {
		let asked = 0;
		const pages = new Pages(
			readByKeyset<string>({
				fetch: async () => {
					asked += 1;
					return ['A', 'B', 'C'];
				},
				keyOf: (row) => row,
				others: async () => await Promise.resolve([]),
				mayBeOneRecord: () => false,
			}),
		);
		for await (const page of pages) expect(page).toEqual(['A', 'B', 'C']);
		expect(whyNotProven(pages.end!)).toMatch(/had given before/);
		expect(asked).toBeLessThan(5);
	});
});

test.each([
	'CreateVendor',
	'DeletePayablesInvoice',
	'VoidPayablesInvoice',
	'getVendor',
	'Get;Update',
	'',
])('sends no operation that does not begin with Get: %s', async (operation) => {
	const send = jest.fn();
	const call = createSoapCall({
		send,
		address: 'http://gp.example/x',
		tenant: null,
		companyNumber: async () => await Promise.resolve(1),
	});
	await expect(call(operation, '', {})).rejects.toThrow(/is no reading operation/);
	expect(send).not.toHaveBeenCalled();
});

test.each([
	['in words that are known', 'Access denied.', 'GP_WEB_SERVICE_ROLE_MISSING'],
	['in others', 'An unhandled system exception.', 'GP_WEB_SERVICE_FAULT'],
])('who may not list companies (%s) hears of the number and of the role', async (_, said, code) => {
	const body = `<s:Envelope xmlns:s="x"><s:Body><s:Fault><faultstring>${said}</faultstring></s:Fault></s:Body></s:Envelope>`;
	const call = createSoapCall({
		send: async () => {
			const headers = { 'content-type': 'text/xml' };
			return await Promise.resolve({ status: 500, headers, body: Buffer.from(body), url: '' });
		},
		address: 'http://gp.example/x',
		tenant: null,
		companyNumber: async () => await Promise.resolve(1),
	});
	await expect(call('GetCompanyList', '', {}, { system: true })).rejects.toMatchObject({
		code,
		details: {
			remedy: expect.stringMatching(/Dynamics Security Console.*Company Number in the credential/),
		},
	});
	await expect(call('GetVendorList', '', {})).rejects.toMatchObject({
		details: { remedy: expect.not.stringContaining('Company Number') },
	});
});

describe('messages', () => {
	const read = async (text: string) =>
		await readMessage(
			{ status: 500, headers: { 'content-type': 'text/xml' }, body: Buffer.from(text), url: '' },
			() => ({}),
		);
	const guid = '6f1f0c52-3a0e-4c57-9b0e-0c7b7a7e2d11';

	test.each([
		['<detail/>', 'system', null],
		['', 'system', null],
		[`<detail><a><b:Message xmlns:b="y">${guid}</b:Message></a></detail>`, 'validation', guid],
		[`<detail>${guid}</detail>`, 'validation', guid],
		['<detail><Message>in words</Message></detail>', 'validation', null],
	])('fault with %s is a %s one', async (detail, kind, logId) => {
		const message = (await read(
			`<s:Envelope xmlns:s="x"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>No</faultstring>${detail}</s:Fault></s:Body></s:Envelope>`,
		)) as { Envelope: { Body: Record<string, unknown> } };
		expect(readFault(message.Envelope.Body)).toEqual({ kind, text: 'No', logId });
	});

	test.each([
		['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
		['half an answer', '<a><b>1</b'],
		['depth without end', `${'<a>'.repeat(200)}${'</a>'.repeat(200)}`],
	])('%s is refused', async (_what, text) => {
		await expect(read(text)).rejects.toMatchObject({ code: expect.stringMatching(/^GP_/) });
	});
});
