import { GpRecordNotFound } from '../../../lib/gp/errors/refusals';
import { createNormaliser } from '../../../lib/gp/normalise/normaliser';
import { type GpSite, resolveProfile } from '../../../lib/gp/site';
import { createEntityReader } from '../../../lib/gp/reading/entity-reader';
import type { ListedRow } from '../../../lib/gp/reading/pages';
import type { Entity } from '../../../lib/model/desired';
import type { GpRecord, GpVendor } from '../../../lib/model/gp-records';
import { type Answer, type Asked, servicesOf } from '../support/services';

const LINES = [
	{
		DistributionTypeKey: 'Purchases',
		GLAccountKey: '300-5110-02',
		DebitAmount: 100,
		CreditAmount: 0,
	},
	{
		DistributionTypeKey: 'Payable',
		GLAccountKey: '000-2100-00',
		DebitAmount: 0,
		CreditAmount: 100,
	},
];
const STAMP = '2026-05-02T10:00:00';
const header = (voucher: string, more: object = {}) => ({
	...{ VoucherNumber: voucher, Type: 'Invoice', VendorKey: 'ACME', DocumentAmount: 100 },
	...{ IsVoided: false, TransactionState: 'Open', Date: '2026-05-01', ModifiedDate: STAMP },
	...more,
});
const full = (voucher: string, more: object = {}) =>
	header(voucher, { Distributions: LINES, ...more });
const firmRow = (id: string, more: object = {}) => ({
	...{ VendorId: id, Name: `Vendor ${id}`, IsActive: true, IsOnHold: false, ModifiedDate: STAMP },
	...more,
});
const NOT_FOUND: Answer = { status: 404, body: { Message: 'Record not found' } };
const NO_PATH: Answer = {
	status: 404,
	type: 'text/html',
	body: '<html>Endpoint not found.</html>',
};
const FAULT: Answer = { status: 500, body: { Message: 'Could not open the table' } };

/** A service of one list, and of one answer for each record that is asked for. */
function site(
	list: object[],
	detail: (key: string, asked: Asked) => Answer | object,
	{ entity = 'payable' as Entity, profile = {} as GpSite['profile'] } = {},
) {
	const settings = resolveProfile({ profile });
	const one = servicesOf((asked) => {
		const key = /\((.*)\)$/.exec(asked.path)?.[1];
		if (key === undefined) {
			const skip = Number(asked.query('$skip') ?? 0);
			return list.slice(skip, skip + Number(asked.query('$top') ?? Infinity));
		}
		const given = detail(key, asked);
		return Array.isArray(given) || 'status' in given || 'body' in given
			? (given as Answer)
			: { body: given };
	}, settings);
	const normaliser = createNormaliser(entity, settings, { companyId: 'TWO' });
	const reader = createEntityReader(one.services, entity, normaliser);
	const listed = async () => {
		const rows = new Map<string, ListedRow>();
		for await (const page of reader.list({})) for (const row of page) rows.set(row.key, row);
		return [...rows.values()];
	};
	const complete = async (options = {}) => await reader.complete(await listed(), options);
	return { ...one, reader, listed, complete };
}
const codes = (found: Array<GpRecord | Error>) =>
	found.map((one) => (one instanceof Error ? (one as Error & { code: string }).code : one.key));
const three = ['1', '2', '3'].map((voucher) => header(voucher));

describe('what a list row lacks', () => {
	test('is read from the address of the record', async () => {
		const { complete, asked } = site([header('1')], () => full('1'));
		expect(await complete()).toMatchObject([{ key: '1;1', distributions: [{}, {}] }]);
		expect(asked.at(-1)).toBe('Purchasing/Payables/Transactions(1;1)');
	});

	test('is not asked for where the row says it', async () => {
		const { complete, asked } = site([full('1')], () => full('1'));
		expect(codes(await complete())).toEqual(['1;1']);
		expect(asked.some((one) => one.includes('('))).toBe(false);
	});

	test('is asked for as GP spells the key, of a malformed row nothing', async () => {
		const { complete, asked } = site([header('a1'), header('2', { DocumentAmount: 'many' })], () =>
			full('a1'),
		);
		expect(codes(await complete())).toEqual(['1;A1', 'GP_RECORD_MALFORMED']);
		expect(asked.filter((one) => one.includes('('))).toEqual([
			'Purchasing/Payables/Transactions(1;a1)',
		]);
	});

	test('stands beside what the list row alone knows; then the record needs its row', async () => {
		const { reader, complete } = site([header('1', { PONumber: 'PO7' })], () => ({
			...{
				VoucherNumber: '1',
				Type: 'Invoice',
				Distributions: LINES,
				DocumentAmount: 120,
				VendorKey: 'ACME',
			},
			...{ IsVoided: false, TransactionState: 'Open' },
		}));
		const [record] = await complete();
		expect(record).toMatchObject({ purchaseOrderNumber: 'PO7', amounts: { document: '120' } });
		expect(reader.standsAlone(record as GpRecord)).toBe(false);
		const alone = site([header('1')], () => full('1'));
		const [other] = await alone.complete();
		expect(alone.reader.standsAlone(other as GpRecord)).toBe(true);
	});
});

describe('a fault of a detail', () => {
	test.each<[string, Answer | object, string]>([
		['a record that is not found', NOT_FOUND, 'GP_RECORD_NOT_FOUND'],
		['a record that is malformed', full('1', { DocumentAmount: 'many' }), 'GP_RECORD_MALFORMED'],
		['another record', full('9'), 'GP_RECORD_MALFORMED'],
		['half an answer', { body: '{"a":' }, 'GP_INVALID_BODY'],
		['an answer of another shape', { body: [1] }, 'GP_RECORD_MALFORMED'],
		['a refusal', FAULT, 'GP_BUSINESS_ERROR'],
		['an error in success', { body: { Message: 'no' } }, 'GP_ERROR_IN_SUCCESS'],
		['a web page', { type: 'text/html', body: '<html>no</html>' }, 'GP_HTML_PAGE'],
		['a picture', { type: 'image/gif', body: 'GIF89a' }, 'GP_WRONG_CONTENT_TYPE'],
	])('%s stands in its place, the others go on', async (_what, fault, code) => {
		const { complete } = site(three, (key) => (key === '1;1' ? fault : full(key.slice(2))));
		const found = await complete();
		expect(codes(found).slice(1)).toEqual(['1;2', '1;3']);
		expect(codes(found)[0]).toMatch(new RegExp(`^(${code}|GP_UNEXPECTED_SHAPE)$`));
	});

	test('of many that are kept from this user stands in the place of each, where the batch gives others', async () => {
		const many = Array.from({ length: 40 }, (_, index) => header(String(index + 1)));
		const { complete } = site(many, (key) =>
			Number(key.slice(2)) > 15 ? { status: 403, body: {} } : full(key.slice(2)),
		);
		const found = codes(await complete());
		expect(found.slice(0, 15)).toEqual(many.slice(0, 15).map((_, index) => `1;${index + 1}`));
		expect(new Set(found.slice(15))).toEqual(new Set(['GP_USER_NOT_ALLOWED']));
	});

	test('that is of the service ends it', async () => {
		const { complete } = site(three, () => ({ status: 403, body: {} }));
		await expect(complete()).rejects.toMatchObject({ code: 'GP_USER_NOT_ALLOWED' });
	});

	test.each<[string, Answer, string]>([
		['not found', NOT_FOUND, 'GP_RESOURCE_NOT_OFFERED'],
		['a web page', { type: 'text/html', body: '<html>no</html>' }, 'GP_HTML_PAGE'],
	])('three times the same, %s, is one of the service', async (_what, fault, code) => {
		await expect(site(three, () => fault).complete()).rejects.toMatchObject({ code });
		const two = await site(three.slice(1), () => fault).complete();
		expect(two.every((one) => one instanceof Error)).toBe(true);
		const owed = await site(three, () => fault).complete({ someMayFail: true });
		expect(owed.every((one) => one instanceof Error)).toBe(true);
		const one = site([...three, header('4')], (key) => (key === '1;4' ? full('4') : fault));
		expect(codes(await one.complete()).at(-1)).toBe('1;4');
	});

	test.each(['1;1', '1;2', '1;3'])(
		'a right refused for %s alone stands in its place',
		async (one) => {
			const refused = (key: string) =>
				key === one ? { status: 403, body: {} } : full(key.slice(2));
			const found = codes(await site(three, refused).complete());
			expect(found).toEqual(
				three.map(({ VoucherNumber: voucher }) =>
					`1;${voucher}` === one ? 'GP_USER_NOT_ALLOWED' : `1;${voucher}`,
				),
			);
			const { reader, listed } = site(three, refused);
			const alone = (await listed()).filter(({ key }) => key === one);
			expect(codes(await reader.complete(alone))).toEqual(['GP_USER_NOT_ALLOWED']);
		},
	);

	test('a right lost between two readings ends it, whatever was read before', async () => {
		let lost = false;
		const { complete, asked } = site(three, (key) =>
			lost ? { status: 403, body: {} } : full(key.slice(2)),
		);
		expect(codes(await complete())).toEqual(['1;1', '1;2', '1;3']);
		lost = true;
		const before = asked.length;
		await expect(complete()).rejects.toMatchObject({ code: 'GP_USER_NOT_ALLOWED' });
		expect(asked.length - before).toBeLessThan(10);
	});

	test('rows that lack nothing prove nothing', async () => {
		const page = { type: 'text/html', body: '<html>no</html>' };
		await expect(site([...three, full('4')], () => page).complete()).rejects.toMatchObject({
			code: 'GP_HTML_PAGE',
		});
	});

	test('three times not found tells the address', async () => {
		await expect(site(three, () => NOT_FOUND).complete()).rejects.toMatchObject({
			details: {
				...{ entity: 'payable', httpStatus: 404 },
				address: expect.stringContaining('Transactions(1;1)'),
			},
		});
	});

	test.each<[string, (key: string) => Answer | object]>([
		['refused each for itself', () => FAULT],
		['malformed each for itself', (key) => full(key.slice(2), { DocumentAmount: 'many' })],
		['of two kinds', (key) => (key === '1;2' ? FAULT : NOT_FOUND)],
	])('three times, %s, is of the records', async (_what, detail) => {
		const found = await site(three, detail).complete();
		expect(found.every((one) => one instanceof Error)).toBe(true);
	});
});

describe('one record that is not offered, as another is', () => {
	const vendors = ['A', 'A/P', 'B', 'C'].map((id) => firmRow(id));
	const refusing =
		(...refused: string[]) =>
		(key: string) =>
			refused.includes(key) ? NO_PATH : firmRow(key, { Addresses: [{ Line1: '1 Main St' }] });
	const lines = (found: Array<GpRecord | Error>) =>
		found.map((one) =>
			one instanceof Error
				? (one as Error & { code: string }).code
				: (one as GpVendor).addresses.map(({ line1 }) => line1).join(),
		);

	test.each([
		['in the middle', 'A/P'],
		['first', 'A'],
		['last', 'C'],
	])('%s, is its own fault: the others keep what the list does not tell', async (_where, id) => {
		const { complete } = site(vendors, refusing(id), { entity: 'vendor' });
		const wanted = vendors.map(({ VendorId }) =>
			VendorId === id ? 'GP_RECORD_NOT_FOUND' : '1 Main St',
		);
		expect(lines(await complete())).toEqual(wanted);
	});

	test('alone, is tried against another of the list', async () => {
		const { reader, listed } = site(vendors, refusing('A/P'), { entity: 'vendor' });
		const alone = (await listed()).filter(({ key }) => key === 'A/P');
		expect(lines(await reader.complete(alone))).toEqual(['GP_RECORD_NOT_FOUND']);
	});

	test('of the documents, does not stop them', async () => {
		const { complete } = site(three, (key) => (key === '1;1' ? NO_PATH : full(key.slice(2))));
		expect(codes(await complete())).toEqual(['GP_RECORD_NOT_FOUND', '1;2', '1;3']);
	});
});

describe('a service without single records', () => {
	test('gives vendors as their rows stand, and is asked once', async () => {
		const { complete, asked, reader } = site(
			['A', 'B', 'C'].map((id) => firmRow(id)),
			() => NO_PATH,
			{ entity: 'vendor' },
		);
		reader.complete([], {});
		expect(codes(await complete())).toEqual(['A', 'B', 'C']);
		const asking = asked.filter((one) => one.includes('(')).length;
		expect(asking).toBeLessThanOrEqual(3);
		expect(codes(await complete())).toEqual(['A', 'B', 'C']);
		expect(asked.filter((one) => one.includes('(')).length).toBe(asking);
	});

	test('gives no document without its distributions', async () => {
		await expect(site(three, () => NO_PATH).complete()).rejects.toMatchObject({
			code: 'GP_RESOURCE_NOT_OFFERED',
		});
	});

	test('gives documents whose rows have empty lists as they stand', async () => {
		const rows = three.map((row) => ({ ...row, Distributions: [] }));
		for (const none of [NO_PATH, NOT_FOUND])
			expect(codes(await site(rows, () => none).complete())).toEqual(['1;1', '1;2', '1;3']);
	});
});

test('a list row with empty lists does not stand for a record that could not be read', async () => {
	const rows = [header('1', { Distributions: [] })];
	expect(codes(await site(rows, () => FAULT).complete())).toEqual(['GP_BUSINESS_ERROR']);
});

test('a record is looked for at its own place in the answer', async () => {
	const profile = { entities: { payable: { responsePath: 'Own.Place' } } };
	const body = { Other: full('1', { DocumentAmount: 7 }), Own: { Place: full('1') } };
	const { reader } = site([], () => body, { profile });
	expect(await reader.get('1;1')).toMatchObject({ amounts: { document: '100' } });
});

test('what the record says counts, in whatever case the list row names it', async () => {
	const { DocumentAmount: _, ...rest } = header('1') as Record<string, unknown>;
	const { complete } = site([{ ...rest, DOCUMENTAMOUNT: 7 }], () => full('1'));
	expect(await complete()).toMatchObject([{ amounts: { document: '100' } }]);
});

describe('documents of a service that goes by the voucher alone', () => {
	const profile = { entities: { payable: { keyParts: ['voucher'] } } };
	const untyped = ({ Type: _, ...rest }: ReturnType<typeof full> & { Type?: string }) => rest;
	const payment = { Type: 'Payment', VendorKey: 'OTHER', DocumentAmount: 50 };

	test('and tells no type take theirs from the list', async () => {
		const { complete, reader } = site([header('1')], () => untyped(full('1')), { profile });
		expect(codes(await complete())).toEqual(['1;1']);
		expect(codes(await reader.getMany(['1;1']))).toEqual(['1;1']);
		expect(await reader.get('1;1')).toMatchObject({ key: '1;1', documentType: 'invoice' });
		const absent = await reader.getMany(['1;9']);
		expect(codes(absent)).toEqual(['GP_RECORD_MALFORMED']);
	});

	test.each([payment, { ...payment, VendorKey: 'ACME' }, { ...payment, DocumentAmount: 100 }])(
		'are not taken for another of that number',
		async (other) => {
			const { complete } = site(
				[header('1'), header('1', other)],
				() => untyped(full('1', other)),
				{ profile },
			);
			expect(codes(await complete())).toEqual(['GP_RECORD_MALFORMED', '6;1']);
		},
	);
});

describe('one record that is asked for', () => {
	const get = async (detail: Answer | object, key = '1;417') => {
		const { reader } = site([], () => detail);
		return await reader.get(key);
	};

	test.each<[string, object]>([
		['alone', full('417')],
		['in any spelling', full(' 417 ')],
		['twice the same', [full('417'), full('417')]],
		['among others', [full('1'), full('417'), { nonsense: true }, full('9')]],
	])('%s', async (_what, detail) => expect(await get(detail)).toMatchObject({ key: '1;417' }));

	test('and comes as several others is a fault, with how many came', async () => {
		await expect(get([full('1'), full('2')])).rejects.toMatchObject({
			code: 'GP_RECORD_MALFORMED',
			message: expect.stringContaining('the service answered with 2 records'),
			remedy: expect.stringContaining('"keySeparator"'),
		});
	});

	test('and comes twice with different words is a fault', async () => {
		await expect(get([full('417'), full('417', { DocumentAmount: 7 })])).rejects.toMatchObject({
			message: expect.stringContaining('several rows of one answer'),
			remedy: expect.stringContaining('one row per record'),
		});
	});

	test('and comes as none is not found', async () => {
		await expect(get([])).rejects.toBeInstanceOf(GpRecordNotFound);
	});

	test.each([
		['00417', true],
		['4170', false],
		['417A', false],
	])('and comes as %s: zeros before the number are told apart', async (voucher, padded) => {
		await expect(get(full(voucher))).rejects.toMatchObject({
			message: expect.stringContaining(`answered with 1;${voucher}`),
			remedy: expect.stringContaining(padded ? 'without the zeros before it' : '"keyParts"'),
		});
	});

	test('over a list row that has the wanted key is a fault all the same', async () => {
		const { complete } = site([header('1')], () => full('9'));
		expect(await complete()).toMatchObject([
			{ message: expect.stringContaining('answered with 1;9') },
		]);
	});
});
