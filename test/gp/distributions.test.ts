import { createNormaliser } from '../../lib/gp/normalise/normaliser';
import { resolveProfile } from '../../lib/gp/site';
import type { GpPayable } from '../../lib/model/gp-records';

const normaliser = createNormaliser('payable', resolveProfile({}), { companyId: 'TWO' });

type Line = Record<string, unknown>;
const read = (Distributions: Line[], header: Line = {}) =>
	normaliser.record({
		VCHRNMBR: '417',
		DOCTYPE: 1,
		VENDORID: 'ACME',
		DOCAMNT: '100.00',
		DCSTATUS: 2,
		VOIDED: 0,
		Distributions,
		...header,
	}) as GpPayable;
const line = (type: number, amount: number, more: Line = {}): Line => ({
	DSTSQNUM: type * 16384,
	DISTTYPE: type,
	ACTNUMST: `300-51${type}0-02`,
	DEBITAMT: amount > 0 ? amount : 0,
	CRDTAMNT: amount < 0 ? -amount : 0,
	...more,
});
const sequences = (payable: GpPayable) =>
	payable.distributions.map(({ type, sequence }) => [type, sequence]);

describe('lines of another company', () => {
	const foreign = (payable: GpPayable) =>
		payable.distributions
			.filter(({ company }) => company)
			.map(({ company, type }) => [type, company]);

	test.each<[string, Line, Line, Line]>([
		['by database', { INTERID: 'TWO  ' }, { INTERID: 'three' }, {}],
		['by database, ours not being told', {}, { INTERID: 'THREE' }, { ICTRX: 1 }],
		['by number, the debt being ours', { CompanyKey: { Id: 1 } }, { CompanyKey: { Id: 3 } }, {}],
		[
			'by number, the document telling ours',
			{},
			{ CompanyKey: { Id: 3 } },
			{ Key: { CompanyKey: { Id: 1 }, Id: '417' } },
		],
		[
			'by database, the setting naming the company otherwise',
			{ INTERID: 'OTHER' },
			{ INTERID: 'THREE' },
			{},
		],
		[
			'by database, a debt of the other one beside ours',
			{ INTERID: 'TWO' },
			{ INTERID: 'THREE' },
			{ debt: true },
		],
	])('are told: %s', (_, own, other, { debt, ...header }) => {
		const owed = debt
			? [line(2, -60, own), { ...line(2, -40, other), DSTSQNUM: 7, ACTNUMST: '' }]
			: [line(2, -100, own)];
		const payable = read(
			[...owed, line(6, 60, own), { ...line(6, 40, other), DSTSQNUM: 5, ACTNUMST: '' }],
			header,
		);
		expect(payable.distributions).toHaveLength(owed.length + 2);
		expect(payable).not.toHaveProperty('intercompany');
		const [first] = foreign(payable);
		expect(foreign(payable)).toHaveLength(owed.length);
		expect(first?.[0]).toBe('purchase');
		expect(['THREE', '3']).toContain(first?.[1]);
	});

	test.each<[string, Line[], Line]>([
		['the header says so, no line does', [line(2, -100), line(6, 100)], { ICTRX: 1 }],
		[
			'the header says so, every line is blank',
			[line(2, -100, { INTERID: '     ' }), line(6, 100, { INTERID: '     ' })],
			{ HasIntercompanyDistributions: 'true' },
		],
		[
			'numbers differ, nothing tells ours',
			[line(6, 60, { CompanyKey: 1 }), line(6, 40, { CompanyKey: 2 })],
			{},
		],
		[
			'a number and nothing else',
			[line(6, 100, { CompanyKey: 7 })],
			{ IsIntercompanyTransaction: true },
		],
	])('are not known: %s', (_, lines, header) => {
		const payable = read(lines, header);
		expect(payable.intercompany).toBe('linesUnknown');
		expect(foreign(payable)).toEqual([]);
	});

	test('an ordinary document says nothing of it, whatever its service hands over', () => {
		for (const more of [{}, { INTERID: 'TWO' }, { INTERID: ' ' }, { CompanyKey: { Id: 2 } }]) {
			const payable = read([line(2, -100, more), line(6, 100, more)], { ICTRX: 0 });
			expect(payable).not.toHaveProperty('intercompany');
			expect(foreign(payable)).toEqual([]);
		}
		expect(() => read([line(2, -100), line(6, 100)], { ICTRX: 'perhaps' })).toThrow(/intercompany/);
	});
});

describe('numbers of lines', () => {
	const own = [
		line(2, -100),
		line(6, 60),
		{ ...line(6, 40), DSTSQNUM: 5, ACTNUMST: '300-5130-02' },
	];
	const applied = { ...line(4, -5), DSTSQNUM: 5, APTVCHNM: '00000000000000400', SPCLDIST: 1 };
	const settled = {
		...line(2, 5),
		DSTSQNUM: 6 * 16384,
		APTVCHNM: '00000000000000400',
		SPCLDIST: 1,
	};

	test('stay when rows of an application repeat them', () => {
		const before = sequences(read(own));
		const after = read([applied, ...own, settled]);
		expect(sequences(after)).toEqual(expect.arrayContaining(before));
		expect(after.distributions).toHaveLength(5);
		expect(new Set(after.distributions.map(({ sequence }) => sequence)).size).toBe(5);
		expect(sequences(read([settled, ...own.toReversed(), applied]))).toEqual(sequences(after));
	});

	test('of an application are its own from the first reading on', () => {
		const lonely = { ...applied, DSTSQNUM: 77 };
		const alone = read([...own, lonely]).distributions.find(({ type }) => type === 'discountTaken');
		const crowded = read([...own, lonely, { ...line(9, 0), DSTSQNUM: 77 }]).distributions;
		expect(crowded.find(({ type }) => type === 'discountTaken')?.sequence).toBe(alone?.sequence);
		expect(crowded.find(({ type }) => type === 'freight')?.sequence).toBe(77);
	});

	test('stay of what may be a cost where nothing tells the others apart', () => {
		const { APTVCHNM: _a, SPCLDIST: _b, ...untold } = applied;
		expect(sequences(read([untold, ...own]))).toEqual(expect.arrayContaining(sequences(read(own))));
	});
});

test('a line of the payment with the same number is not the voucher’s', () => {
	const cash = line(1, -100, { CNTRLTYP: 1 });
	const lines = [cash, line(2, -100, { CNTRLTYP: 0 }), line(6, 100, { CNTRLTYP: 0 })];
	expect(read(lines).distributions.map(({ type }) => type)).toEqual(['payable', 'purchase']);
	expect(read(lines, { DOCTYPE: 6 }).distributions.map(({ type }) => type)).toEqual(['cash']);
});

describe('two documents of one number', () => {
	const invoice = [line(2, -100), line(6, 100)];
	const memo = [line(2, 45, { DSTSQNUM: 5 }), line(6, -45, { DSTSQNUM: 6 })];
	// As some services write a credit: each on its usual side, below zero.
	const negative = memo.map(({ DEBITAMT, CRDTAMNT, ...rest }) => ({
		...rest,
		DEBITAMT: -Number(CRDTAMNT),
		CRDTAMNT: -Number(DEBITAMT),
	}));

	test.each<[string, Line]>([
		['invoice', {}],
		['credit memo', { DOCTYPE: 5, DOCAMNT: '45' }],
	])('are not booked together: the %s', (_, header) => {
		for (const other of [memo, negative])
			expect(() => read([...invoice, ...other], header)).toThrow(
				/mixed with those of another document/,
			);
	});

	test.each<[string, Line[], Line]>([
		['the lines of a payment', [...invoice, line(2, 40), line(1, -40)], {}],
		['a discount taken', [...invoice, line(2, 1), line(4, -1)], {}],
		['a void, which repeats them', [...invoice, line(2, 100), line(6, -100)], { VOIDED: 1 }],
		[
			'a part of the amount held back',
			[line(2, -100), line(2, 10), line(6, 100), line(12, -10)],
			{ DOCAMNT: '100', RETNAGAM: '10' },
		],
		[
			'a part held back by hand, of which the header knows nothing',
			[line(2, -100), line(2, 10), line(6, 100), line(12, -10)],
			{ DOCAMNT: '100' },
		],
		['an invoice out of balance, which the mapping tells', [line(2, -90), line(6, 100)], {}],
		[
			'a discount that was available and then taken',
			[line(6, 98), line(3, 2), line(2, -100), line(2, 2), line(3, -2)],
			{},
		],
		[
			'a discount that was available, beside a correction',
			[line(6, 108), line(6, -10), line(3, 2), line(2, -100), line(2, 2), line(3, -2)],
			{},
		],
		[
			'a discount available of one paid at once',
			[line(6, 98), line(3, 2), line(2, -100), line(2, 100), line(1, -98), line(4, -2)],
			{},
		],
		[
			'a difference of rounding',
			[line(6, 100.01), line(16, -0.01), line(2, -100), line(2, 40), line(1, -40)],
			{},
		],
		[
			'an amount in the currency of the document, paid in part',
			[line(6, 120), line(2, -120), line(2, 50), line(1, -50)],
			{ CURNCYID: 'Z-EUR', XCHGRATE: '1.2' },
		],
		[
			'a part held back beside a cost of that type and a correction',
			[line(6, 65), line(6, -5), line(12, 40), line(2, -100), line(2, 10), line(12, -10)],
			{},
		],
		[
			'an amount of a credit with a sign, beside a correction',
			[line(6, -105), line(6, 5), line(2, 100), line(2, -40), line(1, 40)],
			{ DOCTYPE: 5, DOCAMNT: '-100' },
		],
	])('%s is none', (_, lines, header) => {
		expect(read(lines, header).distributions).toHaveLength(lines.length);
	});
});

describe('an amount that is not there', () => {
	test('is no zero', () => {
		const { DEBITAMT: _, ...noDebit } = line(6, 100);
		expect(() => read([line(2, -100), noDebit])).toThrow(/distribution 2 has no debit amount/);
		const { CRDTAMNT: __, ...neither } = noDebit;
		expect(() => read([line(2, -100), neither])).toThrow(/no debit and no credit/);
		expect(() => read([line(2, -100), { ...line(6, 100), DEBITAMT: 'n/a' }])).toThrow(/"n\/a"/);
	});

	test('is no zero where an object holds it that nobody knows', () => {
		const money = (Amount: number) => ({ Amount, CurrencyCode: 'USD' });
		const lines = [line(2, -100), line(6, 100)].map((one) => ({
			...one,
			DEBITAMT: money(Number(one.DEBITAMT)),
			CRDTAMNT: money(Number(one.CRDTAMNT)),
		}));
		expect(() => read(lines)).toThrow(/distribution 1 has the debit .* not a number/);
		expect(read([line(2, -100), line(6, 100)], { RETNAGAM: money(10) })).toMatchObject({
			amounts: { retainage: null },
			retainageUnknown: true,
		});
	});

	test('is zero where its object tells all but a value', () => {
		const money = (value: unknown) => ({
			...{ Currency: 'USD', DecimalDigits: 2, __type: 'MoneyAmount' },
			...(Number(value) === 0 ? {} : { Value: value }),
		});
		const lines = [line(2, -100), line(6, 100)].map(({ DEBITAMT, CRDTAMNT, ...rest }) => ({
			...{ ...rest, DEBITAMT: money(DEBITAMT), CRDTAMNT: money(CRDTAMNT) },
		}));
		const { distributions, amounts } = read(lines, { RETNAGAM: money(0) });
		expect(distributions).toMatchObject([
			{ debit: '0', credit: '100' },
			{ debit: '100', credit: '0' },
		]);
		expect(amounts.retainage).toBe('0');
	});

	test('is zero where the document balances without it', () => {
		const lines = [line(2, -100), line(6, 100)].map((one) =>
			Object.fromEntries(Object.entries(one).filter(([, value]) => value !== 0)),
		);
		expect(read(lines).distributions.map(({ debit, credit }) => [debit, credit])).toEqual([
			['0', '100'],
			['100', '0'],
		]);
	});
});

describe('a list that the service says goes on', () => {
	// What came of it balances: nothing else shows that a line is missing.
	const half = [line(2, -60), line(6, 60)];
	const wrapped = (Distributions: unknown, beside: Line = {}) =>
		read([], { ...beside, Distributions } as Line);

	test.each<[string, () => GpPayable]>([
		['by a link beside it', () => read(half, { 'Distributions@odata.nextLink': 'Lines?$skip=2' })],
		['by a count beside it', () => read(half, { 'Distributions@odata.count': 4 })],
		['by a link in its wrapping', () => wrapped({ results: half, __next: 'Lines?$skip=2' })],
		['by a count in its wrapping', () => wrapped({ Count: '4', Items: half })],
		['in so many words', () => wrapped({ HasMore: true, Items: half })],
	])('%s is a fault of the document', (_, document) => {
		expect(document).toThrow(/the distributions are not all there/);
	});

	test.each<[string, () => GpPayable]>([
		['its own count', () => wrapped({ Count: 2, Items: half })],
		['no further link', () => wrapped({ results: half, __next: null })],
		['a further page called false', () => wrapped({ Items: half, Next: false })],
		['the count of OData', () => read(half, { 'Distributions@odata.count': '2' })],
	])('is whole with %s', (_, document) => {
		expect(document().distributions.map(({ debit }) => debit)).toEqual(['0', '60']);
	});

	test('has the record asked for where it stands in a list row', () => {
		const row = {
			VCHRNMBR: '417',
			DOCTYPE: 1,
			VENDORID: 'ACME',
			DOCAMNT: 100,
			VOIDED: 0,
			DCSTATUS: 2,
		};
		expect(normaliser.isComplete({ ...row, Distributions: half })).toBe(true);
		const cut = { ...row, Distributions: half, 'Distributions@odata.nextLink': 'more' };
		expect(normaliser.isComplete(cut)).toBe(false);
		expect(normaliser.record(cut, 'summary').key).toBe('1;417');
	});
});

describe('whose currency the amounts are in', () => {
	const money = (Value: number, Currency: string) => ({ Currency, Value, DecimalDigits: 2 });
	const document = (Currency: string, header: Line) => {
		const side = (type: number, field: string, other: string) => ({
			...line(type, 0),
			[field]: money(100, Currency),
			[other]: money(0, Currency),
		});
		const lines = [side(2, 'CRDTAMNT', 'DEBITAMT'), side(6, 'DEBITAMT', 'CRDTAMNT')];
		return read(lines, { CURNCYID: 'CAD', ...header });
	};

	test.each<[string, string, Line, true | undefined]>([
		['the own one with a rate: none of the books', 'CAD', { ExchangeRate: '0.7200000' }, true],
		['the books by a rate', 'USD', { ExchangeRate: '0.7200000' }, undefined],
		['no rate', 'CAD', { ExchangeRate: 0 }, undefined],
		['no rate told', 'CAD', {}, undefined],
	])('%s', (_, currency, header, foreign) => {
		expect(document(currency, header).amountsAreForeign).toBe(foreign);
	});

	test('plain amounts say nothing', () => {
		const plain = read([line(2, -100), line(6, 100)], { CURNCYID: 'CAD', ExchangeRate: 0.72 });
		expect(plain).not.toHaveProperty('amountsAreForeign');
	});
});
